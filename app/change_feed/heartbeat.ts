import { pageDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import type { Database } from '@adonisjs/lucid/database'

/** The prefix of the logical messages that keep the log of the primary moving. */
export const HEARTBEAT = 'kirana.heartbeat'

/** Writes a heartbeat into the primary's log, in a transaction, so that it is decoded as a commit like any change. */
export async function sendHeartbeat(db: Database): Promise<void> {
  await withDeadline(pageDeadline, () =>
    db.rawQuery('SELECT pg_logical_emit_message(true, ?, ?)', [HEARTBEAT, ''])
  )
}
