import db from '@adonisjs/lucid/services/db'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { clusterDirectory } from '#tests/helpers/standby'
import { eventually } from '#tests/helpers/eventually'

/**
 * Prolongs the moment between a commit in the log (and so announced) and its visibility: commits wait for a
 * synchronous standby that does not exist. Returns a function that ends it.
 */
export async function openCommitWindow() {
  await setSynchronousStandby(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`, 'nobody')
  return () => setSynchronousStandby('ALTER SYSTEM RESET synchronous_standby_names', '')
}

async function setSynchronousStandby(sql: string, expected: string) {
  const { primaryPort: port, adminPassword: password } = readState(clusterDirectory())!
  await withAdmin({ port, password }, async (client) => {
    await client.query(sql)
    await client.query('SELECT pg_reload_conf()')
  })
  await eventually(async () => {
    const { rows } = await db.rawQuery('SHOW synchronous_standby_names')
    if (rows[0].synchronous_standby_names !== expected) throw new Error('Not reloaded yet')
  })
}
