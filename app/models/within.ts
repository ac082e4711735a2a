import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

type Work<Result> = (client: TransactionClientContract) => Promise<Result>

/** In the caller's transaction, or in one of its own when the caller has none. */
export function within<Result>(
  client: TransactionClientContract | undefined,
  work: Work<Result>
): Promise<Result> {
  return client ? work(client) : db.transaction(work)
}
