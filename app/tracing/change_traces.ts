import type { Database } from '@adonisjs/lucid/database'
import { inBackground } from '#replication/background'

/**
 * Which statement made a change. A traced statement carries its span as a comment, and triggers on the announced
 * tables note it in `change_traces`, in the same transaction. So it is there as soon as the change is visible,
 * whichever way the change is announced.
 */
export class ChangeTraces {
  constructor(private db: Database) {}

  /**
   * W3C `traceparent` by transaction id (32 bits), of those that were traced.
   *
   * @param transactionIds visible on the primary
   */
  async of(transactionIds: number[]): Promise<Map<number, string>> {
    const { rows } = await inBackground(this.db).rawQuery(
      'SELECT transaction_id, traceparent FROM change_traces WHERE transaction_id = ANY(?)',
      [transactionIds]
    )
    return new Map(rows.map((row: any) => [Number(row.transaction_id), row.traceparent]))
  }
}
