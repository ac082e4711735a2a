import { setTimeout as delay } from 'node:timers/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { parsePosition, type Position } from '#replication/position'

/** How far the server behind a connection has come. */
export interface Progress {
  source: 'replica' | 'primary'
  /** Statements after this one show every change whose demand is no later. */
  position: Position
  /** Whether they show every commit up to `position`, also those that only replicas have shown so far. */
  isSettled: boolean
  /** The primary's. */
  timeline: string | null
}

/**
 * On the primary a commit may be in the log a moment before it is visible. None is, up to `position`, once
 * every transaction that had begun to write when `position` was sampled has ended. `age` counts up to the
 * next transaction id as it was when this transaction first asked, after `position`.
 */
const IS_SETTLED = `age(pg_snapshot_xmin(pg_current_snapshot())::xid) <= 0`

/** See docs/architecture.md, "What a reading vouches for". The columns are worked out in this order. */
export const PROGRESS = `
  SELECT pg_is_in_recovery() AS replica,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
      AS position,
    pg_is_in_recovery() OR ${IS_SETTLED} AS settled,
    CASE WHEN NOT pg_is_in_recovery()
      THEN left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) END AS timeline`

/**
 * Whether a replica is between two records: it has paused, or has replayed all that it received. Where no log
 * is received it comes from files, and nothing tells how much of it there is.
 */
const REPLAY = `
  SELECT pg_get_wal_replay_pause_state() = 'paused' OR (
      (SELECT pid FROM pg_stat_get_wal_receiver()) IS NOT NULL
      AND pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()
    ) AS between_records,
    pg_last_wal_replay_lsn() AS position`

/** A page of the log begins with a header of up to 40 bytes, and pages begin at multiples of at least this. */
const PAGE = 1024n
const LONGEST_HEADER = 40n

const LOOK_AGAIN_AFTER = 2

/** Asked as a statement of its own, before the statements whose rows it vouches for. */
export async function progressOf(client: TransactionClientContract): Promise<Progress> {
  const { rows } = await client.rawQuery(PROGRESS)
  const { replica, settled: isSettled, timeline } = rows[0]
  const position = parsePosition(rows[0].position)
  return replica
    ? { position, source: 'replica', isSettled, timeline: null }
    : { position: position - 1n, source: 'primary', isSettled, timeline }
}

/** Waits until `progressOf`, asked before in this transaction, is settled, if that is so within some milliseconds. */
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
 * The least position that a reading must vouch for to show all that was shown here until now.
 *
 * A replica makes a commit visible before it moves its position on. Within a record, what is shown may end
 * with the record that follows the position: everything past the position vouches for that record too, since
 * positions that a server reports lie between records.
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

/** Past `position`, and no later than the end of the record that begins there. */
export function pastNextRecord(position: Position): Position {
  return position + (position % PAGE === 0n ? LONGEST_HEADER : 0n) + 1n
}
