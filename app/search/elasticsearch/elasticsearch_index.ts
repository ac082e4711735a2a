import type { Client } from '@elastic/elasticsearch'
import { ElasticsearchView } from '#search/elasticsearch/elasticsearch_view'
import { toSearchError } from '#search/elasticsearch/errors'
import { IndexPosition, isStill } from '#search/elasticsearch/index_position'
import { SearchSession } from '#search/elasticsearch/session'
import { SearchBehind } from '#search/search_behind'
import { SearchIndex, type IndexView } from '#search/search_index'
import type { IndexNames } from '#search/elasticsearch/index_names'
import type { Position } from '#replication/position'

/** Retries when indices are swapped during a search. */
const ATTEMPTS = 3

/**
 * Elasticsearch indices that follow the database. Each index knows its position, so a result is either as fresh as
 * the session needs or refused.
 */
export class ElasticsearchIndex extends SearchIndex {
  readonly name = 'elasticsearch'
  readonly mayLag = true
  #position: IndexPosition

  /** @param client with a short timeout: a user is waiting */
  constructor(
    private client: Client,
    private names: IndexNames
  ) {
    super()
    this.#position = new IndexPosition(client, names.aliases)
  }

  /** @throws SearchBehind when the index has not reached the position */
  async reach(needed: Position) {
    const progress = await this.#position.reaching(needed).catch(rethrow)
    if (!progress) throw new SearchBehind()
  }

  /**
   * If an index was swapped or restored between the position check and the search, the check proves nothing:
   * search again.
   */
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

  /** Every change up to here is searchable; null when unknown. */
  position() {
    return this.#position.latest()
  }

  async ping() {
    await this.client.info().catch(rethrow)
  }
}

function rethrow(cause: unknown): never {
  throw toSearchError(cause)
}
