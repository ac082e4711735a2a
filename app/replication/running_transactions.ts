import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@adonisjs/lucid/database'
import { inBackground } from '#replication/background'

const LOOK_AGAIN_AFTER = 20

/** An id of its own, later than that of every running transaction: the end of a snapshot may be earlier than some. */
const TAKE_ID = 'SELECT pg_current_xact_id()::text AS id'
const OLDEST = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS id'

/**
 * Resolves when every transaction that is running now has ended: the primary then shows every commit that is in its log
 * now. Rejects with the reason of `signal`.
 */
export async function runningTransactionsEnd(db: Database, signal: AbortSignal) {
  const ask = async (sql: string) => BigInt((await inBackground(db).rawQuery(sql)).rows[0].id)
  const taken = await ask(TAKE_ID)
  while ((await ask(OLDEST)) <= taken) await delay(LOOK_AGAIN_AFTER, null, { signal })
  signal.throwIfAborted()
}
