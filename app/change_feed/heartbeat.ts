import { pageDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import { inBackground } from '#replication/background'
import type { Database } from '@adonisjs/lucid/database'

/** Prefix of the logical messages used as heartbeats in the primary's log. */
export const HEARTBEAT = 'kirana.heartbeat'

/** Writes a transactional heartbeat to the primary's log, so that it is decoded like any commit. */
export async function sendHeartbeat(db: Database): Promise<void> {
  await withDeadline(pageDeadline, () =>
    inBackground(db).rawQuery('SELECT pg_logical_emit_message(true, ?, ?)', [HEARTBEAT, ''])
  )
}
