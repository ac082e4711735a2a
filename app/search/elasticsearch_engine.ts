import type { Client } from '@elastic/elasticsearch'
import type { Source } from '#caches/read_through'
import type { SearchCache } from '#search/search_cache'
import { ElasticsearchSearch } from '#search/elasticsearch/elasticsearch_search'
import { toSearchError } from '#search/elasticsearch/errors'
import { Finder } from '#search/elasticsearch/finder'
import { IndexPosition, isStill } from '#search/elasticsearch/index_position'
import { QueryReader } from '#search/elasticsearch/query_reader'
import { SearchSession } from '#search/elasticsearch/session'
import { SearchBehind } from '#search/search_behind'
import { SearchEngine } from '#search/search_engine'
import type { IndexNames } from '#search/elasticsearch/index_names'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { Understanding } from '#search/understanding/understanding'
import type { Position } from '#replication/position'
import type { SessionClock } from '#replication/session_clock'

/** How often to search again because the indices were swapped meanwhile. */
const ATTEMPTS = 3

/**
 * Search in Elasticsearch, whose indices follow the database. An index says how far it has read, so an
 * answer is either as fresh as the session needs or is refused.
 */
export class ElasticsearchEngine extends SearchEngine {
  #position: IndexPosition

  /** @param client gives up soon: somebody is waiting for the page */
  constructor(
    private client: Client,
    private names: IndexNames,
    private cache: SearchCache,
    private understanding: Understanding
  ) {
    super()
    this.#position = new IndexPosition(client, names.aliases)
  }

  /** @throws SearchBehind when the index has not read as far as the session needs */
  search(query: SearchQuery, clock: SessionClock): Promise<SearchResults> {
    const clean = { ...query, city: query.city?.toWellFormed() ?? null }
    return this.#read(clean.city, { search: clean }, clock, (needed) => {
      return this.#searchAt(needed, query.q, (search) => search.results(clean))
    })
  }

  /** @throws SearchBehind when the index has not read as far as the session needs */
  suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions> {
    const clean = { ...query, city: query.city?.toWellFormed() ?? null }
    return this.#read(clean.city, { suggest: clean }, clock, (needed) => {
      return this.#searchAt(needed, query.prefix, (search) => search.suggestions(clean))
    })
  }

  async ping() {
    try {
      await this.client.info()
    } catch (cause) {
      throw toSearchError(cause)
    }
  }

  /** Asked first how far the index is, so that nobody waits for an answer that it will not give. */
  async #read<T>(
    city: string | null,
    search: object,
    clock: SessionClock,
    readAt: Source<T>['readAt']
  ): Promise<T> {
    try {
      if (!(await this.#position.reaching(clock.needed))) throw new SearchBehind()
      const field = JSON.stringify({ engine: 'elasticsearch', ...search })
      return await this.cache.get(city, field, clock, { readAt, mayLag: true })
    } catch (cause) {
      throw toSearchError(cause)
    }
  }

  /** An index that was swapped or restored between the question how far it is and the answer proves nothing. */
  async #searchAt<T>(
    needed: Position,
    text: string,
    run: (search: ElasticsearchSearch) => Promise<T>
  ) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.#position.reaching(needed)
      if (!before) break
      let isProven = true
      const session = new SearchSession(this.client, this.names, (after) => {
        isProven &&= isStill(before, after)
        this.#position.note(after)
      })
      const reader = new QueryReader(session, this.understanding, text)
      const value = await run(new ElasticsearchSearch(new Finder(session), reader))
      const position = before.position!
      if (isProven) return { value, position, latest: position, isSettled: true }
    }
    throw new SearchBehind()
  }
}
