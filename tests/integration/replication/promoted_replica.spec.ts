import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import config from '#config/replication'
import { EmbeddedCluster } from '#infra/embedded_postgres/cluster'
import { signalProcess } from '#infra/embedded_postgres/processes'
import { Replication, type Read } from '#replication/replication'
import { eventually } from '#tests/helpers/eventually'
import { ownCluster } from '#tests/helpers/standby'

const portOf: Read<string> = async (client) => {
  const { rows } = await client.rawQuery(`SELECT current_setting('port') AS port`)
  return rows[0].port
}

/** As `pg_ctl promote` does it. */
async function promote(directory: string) {
  const [pid] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')
  await writeFile(join(directory, 'promote'), '')
  signalProcess(Number(pid), 'SIGUSR1')
}

/** Servers of the test's own, for a promoted replica does not go back. */
test.group('A replica that was promoted by hand', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))

  test('is not taken for the primary', async ({ assert, cleanup }) => {
    const directory = await mkdtemp(join(tmpdir(), 'kirana-promoted-'))
    const cluster = await EmbeddedCluster.start({ directory: join(directory, 'data') })
    const before = db.manager.get('replica')!.config
    cleanup(async () => {
      await db.manager.close('replica')
      db.manager.patch('replica', before)
      await cluster.stop()
      await rm(directory, { recursive: true, force: true })
    })
    const replication = new Replication(db, logger, { ...config, retryAfter: 50 })
    await replication.notePosition()
    await db.manager.close('replica')
    db.manager.patch('replica', {
      ...before,
      replicas: {
        write: { connection: { connectionString: cluster.primaryUrl } },
        read: { connection: [{ connectionString: cluster.standbyUrl }] },
      },
    } as typeof before)

    assert.equal((await replication.readAt(null, portOf)).source, 'replica')
    await promote(join(directory, 'data', 'standby'))

    const primary = await db.rawQuery(`SELECT current_setting('port') AS port`)
    await eventually(async () => {
      const { value, source } = await replication.readAt(null, portOf)
      assert.equal(source, 'primary')
      assert.equal(value, primary.rows[0].port)
    })
  })
})
