import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { dataDirectory, embeddedCluster } from '#infra/database'
import { freeze, processesOf } from '#infra/frozen_processes'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import { withTimeout } from '#replication/with_timeout'
import { eventually } from '#tests/helpers/eventually'

/** Whether the tests run the cluster themselves, so that they may disturb it. */
export const ownCluster = embeddedCluster() !== null

/** Directory of the tests' embedded cluster. */
export const clusterDirectory = () => join(dataDirectory(env), 'postgres-test')

/** Runs a statement on the standby, on a separate connection. */
export async function onStandby(sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: env.get('DATABASE_READ_URL') })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/** Pauses replay once the standby has caught up; it keeps receiving the log. */
export async function pauseReplay() {
  await standbyCaughtUp()
  await onStandby('SELECT pg_wal_replay_pause()')
  await eventually(async () => {
    const [{ state }] = await onStandby('SELECT pg_get_wal_replay_pause_state() AS state')
    if (state !== 'paused') throw new Error(`Replay is ${state}`)
  })
}

export async function resumeReplay() {
  await onStandby('SELECT pg_wal_replay_resume()')
}

/** Waits until the standby has replayed everything committed so far. */
export async function standbyCaughtUp() {
  const replication = await app.container.make(Replication)
  const position = await replication.currentPosition()
  await eventually(async () => {
    const [{ there }] = await onStandby(`SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS there`, [
      formatPosition(position),
    ])
    if (!there) throw new Error('The standby is behind')
  }, 10_000)
}

/** Waits until reads ask the standby: they leave it alone for a moment after one that took too long. */
export async function standbyIsAsked() {
  const replication = await app.container.make(Replication)
  await eventually(async () => {
    const { source } = await replication.readAt(null, async () => null)
    if (source !== 'replica') throw new Error('The standby is left alone')
  }, 10_000)
}

const ANSWERS_WITHIN = 100
const FOLLOWS_WITHIN = 1_000
const URLS = ['DATABASE_URL', 'DATABASE_READ_URL'] as const
let pools: pg.Pool[] | undefined

/**
 * Waits until the standby shows what was written. Not while its replay is paused or it is stopped.
 *
 * @throws when a server does not answer
 */
export async function standbyFollows() {
  const end = performance.now() + FOLLOWS_WITHIN
  const [primary, standby] = (pools ??= URLS.map(poolOf))
  const ask = (pool: pg.Pool, sql: string, values: unknown[] = []) =>
    withTimeout(pool.query(sql, values), ANSWERS_WITHIN).then(({ rows }) => rows[0])
  const { written } = await ask(primary, 'SELECT pg_current_wal_flush_lsn() AS written')
  while (performance.now() < end) {
    const { isThere } = await ask(
      standby,
      `SELECT pg_is_wal_replay_paused() OR pg_last_wal_replay_lsn() >= $1 AS "isThere"`,
      [written]
    )
    if (isThere) return
    await setTimeout(2)
  }
}

/** One connection, which queues what is asked at once and keeps no process alive. */
function poolOf(name: (typeof URLS)[number]) {
  const connectionString = env.get(name)
  const pool = new pg.Pool({
    connectionString,
    application_name: 'tests',
    max: 1,
    allowExitOnIdle: true,
  })
  return pool.on('error', () => {})
}

/** Stops every process of the standby with SIGSTOP; connections stay open. Returns a function that resumes them. */
export function freezeStandby() {
  return freeze(processesOf(join(clusterDirectory(), 'standby')))
}
