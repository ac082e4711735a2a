import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** Who has the turn and stands still loses it. */
const PATIENCE = '1min'

/** Whether no other process does this now; the turn lasts as long as the transaction. @param turn its number */
export async function isMyTurn(client: TransactionClientContract, turn: number): Promise<boolean> {
  await client.rawQuery(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`)
  const { rows } = await client.rawQuery('SELECT pg_try_advisory_xact_lock(?) AS mine', [turn])
  return rows[0].mine
}
