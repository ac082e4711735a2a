import type { Client } from '@elastic/elasticsearch'
import { ElasticsearchSearch } from '#search/elasticsearch/elasticsearch_search'
import { toSearchError } from '#search/elasticsearch/errors'
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
    private understanding: Understanding
  ) {
    super()
    this.#position = new IndexPosition(client, names.aliases)
  }

  /** @throws SearchBehind when the index has not read as far as the session needs */
  search(query: SearchQuery, clock: SessionClock): Promise<SearchResults> {
    return this.#searchAt(clock, query.q, (search) => {
      return search.results({ ...query, city: query.city?.toWellFormed() ?? null })
    })
  }

  /** @throws SearchBehind when the index has not read as far as the session needs */
  suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions> {
    return this.#searchAt(clock, query.prefix, (search) => {
      return search.suggestions({ ...query, city: query.city?.toWellFormed() ?? null })
    })
  }

  async ping() {
    try {
      await this.client.info()
    } catch (cause) {
      throw toSearchError(cause)
    }
  }

  /** An index that was swapped or restored between the question how far it is and the answer proves nothing. */
  async #searchAt<T>(
    clock: SessionClock,
    text: string,
    run: (search: ElasticsearchSearch) => Promise<T>
  ): Promise<T> {
    try {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const before = await this.#position.reaching(clock.needed)
        if (!before) break
        let isProven = true
        const session = new SearchSession(this.client, this.names, (after) => {
          isProven &&= isStill(before, after)
          this.#position.note(after)
        })
        const reader = new QueryReader(session, this.understanding, text)
        const found = await run(new ElasticsearchSearch(session, reader))
        if (isProven) {
          clock.saw(before.position!)
          return found
        }
      }
    } catch (cause) {
      throw toSearchError(cause)
    }
    throw new SearchBehind()
  }
}
