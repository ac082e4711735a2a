import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import env from '#start/env'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { clusterDirectory } from '#tests/helpers/standby'
import { eventually } from '#tests/helpers/eventually'

const LONGEST = 20_000

/**
 * Prolongs the moment between a commit in the log (and so announced) and its visibility: commits wait for a
 * synchronous standby that does not exist. Returns a function that ends it.
 */
export async function openCommitWindow() {
  const close = () => setSynchronousStandby('ALTER SYSTEM RESET synchronous_standby_names')
  try {
    await setSynchronousStandby(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`)
    await eventually(aCommitWaits, LONGEST)
  } catch (error) {
    await close()
    throw error
  }
  return close
}

/** Commits wait once the checkpointer has read the setting, which may be later than other processes do. */
async function aCommitWaits() {
  const client = new pg.Client({ connectionString: env.get('DATABASE_URL') })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: own } = await client.query('SELECT pg_backend_pid() AS pid')
    let isOver = false
    const commit = client
      .query(`SELECT pg_logical_emit_message(true, 'test', '')`)
      .finally(() => (isOver = true))
    const isReleased = async () => {
      const { rows } = await db.rawQuery(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = ? AND wait_event = 'SyncRep'`,
        [own[0].pid]
      )
      if (rows.length === 0 && !isOver) throw new Error('It is on its way')
      return rows.length > 0
    }
    const hasWaited = await eventually(isReleased, LONGEST)
    await commit
    if (!hasWaited) throw new Error('Commits do not wait yet')
  } finally {
    await client.end()
  }
}

async function setSynchronousStandby(sql: string) {
  const { primaryPort: port, adminPassword: password } = readState(clusterDirectory())!
  await withAdmin({ port, password }, async (client) => {
    await client.query(sql)
    await client.query('SELECT pg_reload_conf()')
  })
}
