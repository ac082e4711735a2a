import { Catalogue } from '#search/embedded/catalogue'
import { EmbeddedSearch } from '#search/embedded/embedded_search'
import { SearchEngine, type SearchQuery, type SearchResults } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import type { Position } from '#replication/position'
import type { Read, Replication } from '#replication/replication'

/** PostgreSQL cannot store NUL, so nothing can be found by it either. */
const NUL = /\0/g

/**
 * Search in the database itself, through tables that triggers keep (see the migration of
 * `search_vocabulary`). There is no index that could lag: what a reader's PostgreSQL shows is found.
 */
export class EmbeddedEngine extends SearchEngine {
  constructor(private replication: Replication) {
    super()
  }

  search(query: SearchQuery, atLeast: Position | null): Promise<SearchResults> {
    const clean = {
      ...query,
      q: query.q.replace(NUL, ' '),
      city: query.city?.replace(NUL, ' ') ?? null,
    }
    return this.#read(atLeast, (client) => {
      return new EmbeddedSearch(new Catalogue(client), clean).results()
    })
  }

  async ping() {
    await this.#read(null, (client) => client.rawQuery('SELECT FROM search_vocabulary LIMIT 1'))
  }

  async #read<T>(atLeast: Position | null, read: Read<T>): Promise<T> {
    try {
      return (await this.replication.readAt(atLeast, read)).value
    } catch (cause) {
      throw new SearchUnavailable(undefined, { cause })
    }
  }
}
