import { PostgresView } from '#search/postgres/postgres_view'
import { Vocabulary } from '#search/postgres/vocabulary'
import { SearchIndex, type IndexView } from '#search/search_index'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

/**
 * Searches the database itself, through tables maintained by triggers (see the migration of `search_vocabulary`).
 * It never lags behind the server that it reads from.
 */
export class PostgresIndex extends SearchIndex {
  readonly name = 'postgres'
  readonly mayLag = false

  constructor(
    private replication: Replication,
    private vocabulary = new Vocabulary()
  ) {
    super()
  }

  async reach() {
    await this.vocabulary.load(this.replication)
  }

  readAt<T>(needed: Position, seen: Position, search: (view: IndexView) => Promise<T>) {
    const read = async (client: TransactionClientContract) => {
      await this.vocabulary.refresh(client)
      return search(new PostgresView(client, this.vocabulary))
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
