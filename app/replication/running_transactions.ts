import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@adonisjs/lucid/database'
import { inBackground } from '#replication/background'

const LOOK_AGAIN_AFTER = 20

const EDGES = `
  SELECT pg_snapshot_xmin(taken)::text AS oldest, pg_snapshot_xmax(taken)::text AS next
  FROM pg_current_snapshot() AS taken`

/**
 * Resolves when every transaction that is running now has ended: the primary then shows every commit that is in its log
 * now. Rejects with the reason of `signal`.
 */
export async function runningTransactionsEnd(db: Database, signal: AbortSignal) {
  const edges = async () => (await inBackground(db).rawQuery(EDGES)).rows[0]
  const next = BigInt((await edges()).next)
  while (BigInt((await edges()).oldest) < next) await delay(LOOK_AGAIN_AFTER, null, { signal })
  signal.throwIfAborted()
}
