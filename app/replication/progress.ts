import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { parsePosition, type Position } from '#replication/position'

/** How far the server of a connection has replayed. */
export interface Progress {
  source: 'replica' | 'primary'
  /** Later statements show every change whose minimum position is at most this. */
  position: Position
  /** Whether they show every commit up to `position`, including those only replicas have shown so far. */
  isSettled: boolean
  /** The primary's timeline. */
  timeline: string | null
}

/**
 * On the primary a commit is in the log slightly before it is visible. Up to `position` all commits are visible
 * once every transaction that was writing when `position` was sampled has ended. `age` counts up to the next
 * transaction id at the time this transaction first called it, after `position`.
 */
const IS_SETTLED = `age(pg_snapshot_xmin(pg_current_snapshot())::xid) <= 0`

/** See docs/architecture.md, "What a reading vouches for". Columns are evaluated in this order. */
export const PROGRESS = `
  SELECT pg_is_in_recovery() AS replica,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
      AS position,
    pg_is_in_recovery() OR ${IS_SETTLED} AS settled,
    CASE WHEN NOT pg_is_in_recovery()
      THEN left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) END AS timeline`

/**
 * Whether a replica is between two records: paused, or everything received is replayed. Without a receiver the log
 * comes from files of unknown length.
 */
const REPLAY = `
  SELECT pg_get_wal_replay_pause_state() = 'paused' OR (
      (SELECT pid FROM pg_stat_get_wal_receiver()) IS NOT NULL
      AND pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()
    ) AS between_records,
    pg_last_wal_replay_lsn() AS position`

/** Log pages start at multiples of at least this size, with a header of up to 40 bytes. */
const PAGE = 1024n
const LONGEST_HEADER = 40n

const LOOK_AGAIN_AFTER = 2

/** Must run as a separate statement before those whose rows it covers. */
export async function progressOf(client: TransactionClientContract): Promise<Progress> {
  const { rows } = await client.rawQuery(PROGRESS)
  const { replica, settled: isSettled, timeline } = rows[0]
  const position = parsePosition(rows[0].position)
  return replica
    ? { position, source: 'replica', isSettled, timeline: null }
    : { position: position - 1n, source: 'primary', isSettled, timeline }
}

/** Waits until the result of an earlier `progressOf` in this transaction is settled; false after `within` ms. */
export async function settles(client: TransactionClientContract, within: number) {
  const deadline = performance.now() + within
  while (performance.now() < deadline) {
    await delay(LOOK_AGAIN_AFTER)
    const { rows } = await client.rawQuery(`SELECT ${IS_SETTLED} AS settled`)
    if (rows[0].settled) return true
  }
  return false
}

/**
 * The minimum position a later read must cover to show everything shown here.
 *
 * A replica makes a commit visible before it advances its position. Within a record, visible data may extend to
 * the end of the record after the position. Every position past that start covers the record, because positions
 * reported by servers lie between records.
 */
export async function latestOf(
  client: TransactionClientContract,
  source: Progress['source']
): Promise<Position> {
  if (source === 'primary') {
    const { rows } = await client.rawQuery('SELECT pg_current_wal_insert_lsn() AS position')
    return parsePosition(rows[0].position)
  }
  const { rows } = await client.rawQuery(REPLAY)
  const position = parsePosition(rows[0].position)
  return rows[0].between_records ? position : pastNextRecord(position)
}

/** Past `position`, and at most the end of the record starting there. */
export function pastNextRecord(position: Position): Position {
  return position + (position % PAGE === 0n ? LONGEST_HEADER : 0n) + 1n
}
