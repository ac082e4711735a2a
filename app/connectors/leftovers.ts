import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@adonisjs/lucid/database'
import { withTopics } from '#connectors/kafka_admin'

const IN_USE = '55006'
const ATTEMPTS = 50
const PAUSE = 200

/** Drops a slot and returns whether it existed; its reader may take a moment to disconnect. */
export async function dropSlot(db: Database, slot: string): Promise<boolean> {
  const drop = `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?`
  for (let attempt = 1; ; attempt++) {
    try {
      const { rowCount } = await db.rawQuery(drop, [slot])
      return rowCount > 0
    } catch (error: any) {
      if (error.code !== IN_USE || attempt === ATTEMPTS) throw error
      await delay(PAUSE)
    }
  }
}

/** Deletes the existing topics and returns their names. */
export function deleteTopics(brokers: string[], topics: string[]) {
  return withTopics(brokers, topics, 'did not delete the topics', async (admin, existing) => {
    if (existing.length > 0) await admin.deleteTopics({ topics: existing })
    return existing
  })
}
