import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

type Work<Result> = (client: TransactionClientContract) => Promise<Result>

/** Joins the caller's transaction, or starts one. */
export function within<Result>(
  client: TransactionClientContract | undefined,
  work: Work<Result>
): Promise<Result> {
  return client ? work(client) : db.transaction(work)
}
