import type { Client } from '@elastic/elasticsearch'
import { ElasticsearchView } from '#search/elasticsearch/elasticsearch_view'
import { toSearchError } from '#search/elasticsearch/errors'
import { IndexPosition, isStill } from '#search/elasticsearch/index_position'
import { SearchSession } from '#search/elasticsearch/session'
import { SearchBehind } from '#search/search_behind'
import { SearchIndex, type IndexView } from '#search/search_index'
import type { IndexNames } from '#search/elasticsearch/index_names'
import type { Position } from '#replication/position'

/** How often to search again because the indices were swapped meanwhile. */
const ATTEMPTS = 3

/**
 * Elasticsearch, whose indices follow the database. An index says how far it has read, so an answer is
 * either as fresh as the session needs or is refused.
 */
export class ElasticsearchIndex extends SearchIndex {
  readonly name = 'elasticsearch'
  readonly mayLag = true
  #position: IndexPosition

  /** @param client gives up soon: a visitor is waiting for the page */
  constructor(
    private client: Client,
    private names: IndexNames
  ) {
    super()
    this.#position = new IndexPosition(client, names.aliases)
  }

  /** @throws SearchBehind when it has not read so far */
  async reach(needed: Position) {
    const progress = await this.#position.reaching(needed).catch(rethrow)
    if (!progress) throw new SearchBehind()
  }

  /** An index that was swapped or restored between the question how far it is and the answer proves nothing. */
  async readAt<T>(needed: Position, _seen: Position, search: (view: IndexView) => Promise<T>) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.#position.reaching(needed).catch(rethrow)
      if (!before) break
      let isProven = true
      const session = new SearchSession(this.client, this.names, (after) => {
        isProven &&= isStill(before, after)
        this.#position.note(after)
      })
      const value = await search(new ElasticsearchView(session)).catch(rethrow)
      const position = before.position!
      if (isProven) return { value, position, latest: position, isSettled: true }
    }
    throw new SearchBehind()
  }

  async ping() {
    await this.client.info().catch(rethrow)
  }
}

function rethrow(cause: unknown): never {
  throw toSearchError(cause)
}
