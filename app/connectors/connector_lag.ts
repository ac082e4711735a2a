import type { Database } from '@adonisjs/lucid/database'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { SinkProgress } from '#connectors/sink_progress'

const UNCONFIRMED = `
  SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), confirmed_flush_lsn)::float8 AS bytes
  FROM pg_replication_slots WHERE slot_name = ?`

/** How far a connector is behind what it reads: a source in bytes of the primary's log, a sink in records. */
export interface Lag {
  amount: number
  unit: 'bytes' | 'records'
}

/**
 * Null when the source's slot is missing.
 *
 * @throws KafkaUnreachable
 */
export async function lagOf(
  definition: ConnectorDefinition,
  db: Database,
  brokers: string[]
): Promise<Lag | null> {
  const { group, reads, slot } = definition
  if (group) return { amount: await recordsBehind(brokers, group, reads), unit: 'records' }
  const { rows } = await db.rawQuery(UNCONFIRMED, [slot!])
  return rows[0] ? { amount: rows[0].bytes, unit: 'bytes' } : null
}

async function recordsBehind(brokers: string[], group: string, topics: string[]) {
  const sink = new SinkProgress(brokers, group, topics)
  try {
    return Number(await sink.behind())
  } finally {
    await sink.close()
  }
}
