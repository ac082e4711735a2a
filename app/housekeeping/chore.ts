import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Small enough that the deletes block nobody. */
export const BATCH = 1_000

/** Cleanup of data that would otherwise grow without bound. */
export interface Chore {
  table: string
  /** Deletes at most one batch and returns the number of rows. */
  remove(client: TransactionClientContract): Promise<number>
}

/** Deletes rows that match the condition, skipping locked ones until the next run. */
export function rowsWhere(table: string, condition: string): Chore {
  const sql = `
    DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ))`
  return {
    table,
    async remove(client) {
      const { rowCount } = await client.rawQuery(sql)
      return rowCount
    },
  }
}
