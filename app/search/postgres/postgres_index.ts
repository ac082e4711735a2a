import { PostgresView } from '#search/postgres/postgres_view'
import { Vocabulary } from '#search/postgres/vocabulary'
import { SearchIndex, type IndexView } from '#search/search_index'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

/**
 * The database itself, searched through tables that triggers keep (see the migration of
 * `search_vocabulary`). Nothing in it could lag: what a reader's PostgreSQL shows is found.
 */
export class PostgresIndex extends SearchIndex {
  readonly name = 'postgres'
  readonly mayLag = false
  #vocabulary = new Vocabulary()

  constructor(private replication: Replication) {
    super()
  }

  async reach() {
    await this.#vocabulary.load(this.replication)
  }

  readAt<T>(needed: Position, seen: Position, search: (view: IndexView) => Promise<T>) {
    const read = async (client: Parameters<Vocabulary['refresh']>[0]) => {
      await this.#vocabulary.refresh(client)
      return search(new PostgresView(client, this.#vocabulary))
    }
    return this.replication.readAt(needed, read, seen)
  }

  async ping() {
    await this.reach()
    await this.replication.readAt(null, (client) => {
      return client.rawQuery('SELECT FROM search_names LIMIT 1')
    })
  }
}
