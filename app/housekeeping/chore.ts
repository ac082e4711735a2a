import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** So few rows at a time that nobody waits for them to be deleted. */
export const BATCH = 1_000

/** Something that would grow for ever if nobody removed it. */
export interface Chore {
  table: string
  /** Removes a batch at most, and says how many rows that were. */
  remove(client: TransactionClientContract): Promise<number>
}

/** Removes the rows of a table for which this is true; one that is in use just now waits for the next time. */
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
