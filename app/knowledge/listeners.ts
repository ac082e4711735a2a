import type pg from 'pg'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { inBackground } from '#replication/background'
import { FENCES } from '#knowledge/fences'
import type { Database } from '@adonisjs/lucid/database'

/** The table of the processes that may use copies, and where the caches of each are. */
const CONFIRM = `
  INSERT INTO listeners (id, confirmed_at, passed) VALUES ($1, clock_timestamp(), $2)
  ON CONFLICT (id) DO UPDATE SET confirmed_at = excluded.confirmed_at, passed = excluded.passed
  RETURNING pg_current_wal_insert_lsn() AS position`

const leaving = (id: string) => `
  WITH gone AS (DELETE FROM listeners WHERE id = ${id})
  SELECT pg_notify('${FENCES}', 'left ' || ${id})`

/** Positions that all caches, and all replicas that are connected or may come back, have passed. */
const PASSED = `
  SELECT
    (SELECT min(passed) FROM listeners
      WHERE confirmed_at > clock_timestamp() - make_interval(secs => $1)) AS caches,
    EXISTS (
      SELECT FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT active
    ) AS "isOneAway",
    (SELECT min(coalesce(replay_lsn, '0/0')) FROM pg_stat_replication
      WHERE pid NOT IN (
        SELECT active_pid FROM pg_replication_slots
        WHERE slot_type = 'logical' AND active_pid IS NOT NULL
      )) AS replicas`

/** Returns a position past every commit that was announced before. */
export async function confirm(client: pg.Client, id: string, passed: Position | null) {
  const { rows } = await client.query(CONFIRM, [
    id,
    passed === null ? null : formatPosition(passed),
  ])
  return parsePosition(rows[0].position)
}

export async function leave(client: pg.Client, id: string) {
  await client.query(leaving('$1'), [id])
}

/** `leave` for a process that has ended without it. */
export async function takeLeave(db: Database, id: string) {
  await inBackground(db).rawQuery(leaving(':id'), { id })
}

/**
 * 0 when it cannot be told.
 *
 * @param window how long the cache of a process that does not confirm may still serve, in milliseconds
 */
export async function passedEverywhere(client: pg.Client, window: number): Promise<Position> {
  const { rows } = await client.query(PASSED, [window / 1_000])
  const { caches, replicas, isOneAway } = rows[0]
  if (isOneAway || caches === null) return 0n
  const positions = [caches, replicas ?? caches].map(parsePosition)
  return positions[0] < positions[1] ? positions[0] : positions[1]
}
