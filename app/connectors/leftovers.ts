import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@adonisjs/lucid/database'
import { kafkaAdmin } from '#connectors/kafka_admin'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'

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
export async function deleteTopics(brokers: string[], topics: string[]) {
  const admin = kafkaAdmin(brokers)
  try {
    await admin.connect()
    const existing = (await admin.listTopics()).filter((topic) => topics.includes(topic))
    if (existing.length > 0) await admin.deleteTopics({ topics: existing })
    return existing
  } catch (error: any) {
    throw new KafkaUnreachable(
      `Kafka at ${brokers.join(',')} did not delete the topics (${error.message}): check KAFKA_BROKERS`,
      { cause: error }
    )
  } finally {
    await admin.disconnect()
  }
}
