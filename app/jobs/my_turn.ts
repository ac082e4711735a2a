import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A process that hangs loses its turn after this. */
const PATIENCE = '1min'

/** Whether this process holds the turn, until the transaction ends. @param turn number of the advisory lock */
export async function isMyTurn(client: TransactionClientContract, turn: number): Promise<boolean> {
  await client.rawQuery(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`)
  const { rows } = await client.rawQuery('SELECT pg_try_advisory_xact_lock(?) AS mine', [turn])
  return rows[0].mine
}
