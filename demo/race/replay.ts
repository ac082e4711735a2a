import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { parsePosition, type Position } from '#replication/position'

type Server = Pick<pg.Pool, 'query'>

/** The end of the primary's log. */
export async function written(primary: Server): Promise<Position> {
  const { rows } = await primary.query('SELECT pg_current_wal_insert_lsn() AS position')
  return parsePosition(rows[0].position)
}

/** How far the replica says that it has replayed the log. */
export async function replayed(replica: Server): Promise<Position> {
  const { rows } = await replica.query('SELECT pg_last_wal_replay_lsn() AS position')
  return parsePosition(rows[0].position)
}

/** Waits until the replica has replayed everything that is in the primary's log. */
export async function caughtUp(primary: Server, replica: Server) {
  const end = await written(primary)
  while ((await replayed(replica)) < end) await delay(5)
}

/** Pauses replay on the replica: it goes on receiving the log, and answers, but applies nothing. */
export async function pauseReplay(replica: Server) {
  const isPaused = async () => {
    const { rows } = await replica.query('SELECT pg_get_wal_replay_pause_state() AS state')
    return rows[0].state === 'paused'
  }
  await replica.query('SELECT pg_wal_replay_pause()')
  while (!(await isPaused())) await delay(5)
}

export async function resumeReplay(replica: Server) {
  await replica.query('SELECT pg_wal_replay_resume()')
}
