import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ApplicationService } from '@adonisjs/core/types'

type Work = (client: TransactionClientContract) => Promise<unknown>

/**
 * Knex resolves a `COMMIT` that failed, so Lucid would run the hooks of a commit and return the result of work that
 * was rolled back. The promise of the whole transaction has the failure.
 */
export default class CommitsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const db = await this.app.container.make('lucid.db')
    const clients = Object.getPrototypeOf(db.connection())
    const transaction: (...given: unknown[]) => Promise<TransactionClientContract> =
      clients.transaction
    clients.transaction = async function (
      this: QueryClientContract,
      work?: Work | object,
      options?: object
    ) {
      return typeof work === 'function'
        ? transaction.call(
            this,
            (client: TransactionClientContract) => (work as Work)(failing(client)),
            options
          )
        : failing(await transaction.call(this, work))
    }
  }
}

/** Its commit fails when the database's does. */
function failing(client: TransactionClientContract) {
  const { knexClient } = client
  const commit = knexClient.commit.bind(knexClient)
  Object.assign(knexClient, {
    commit: async () => {
      await commit()
      await knexClient.executionPromise
    },
  })
  return client
}
