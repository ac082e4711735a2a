import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import pg from 'pg'
import { test } from '@japa/runner'
import config from '#config/replication'
import env from '#start/env'
import Product from '#models/product'
import { parsePosition } from '#replication/position'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { freeze, processesOf } from '#infra/frozen_processes'
import { Replication, type Read } from '#replication/replication'
import { caching, newSession } from '#tests/helpers/caching'
import { openCommitWindow } from '#tests/helpers/commit_window'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import {
  clusterDirectory,
  freezeStandby,
  onStandby,
  ownCluster,
  pauseReplay,
  resumeReplay,
  standbyCaughtUp,
} from '#tests/helpers/standby'

const OLD = 100
const NEW = 200
/** A commit that drops as many tables is visible on the standby for some milliseconds before it is replayed. */
const TABLES = 400
const ATTEMPTS = 20
const PATIENT = { ...config, replicaTimeout: 10_000, maximumLag: 600_000, visibleWithin: 60_000 }

test.group('A commit that one server shows and another does not yet', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.timeout(60_000)
  let product: Product
  let price: Read<number>
  const replication = () => new Replication(db, logger, PATIENT)

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: OLD })
    price = async (client) => (await Product.findOrFail(product.id, { client })).pricePaise
    await standbyCaughtUp()
  })

  /** A write of the price that ends when the commit is visible on the primary. */
  async function writer(cleanup: (end: () => Promise<void>) => void) {
    const client = new pg.Client({ connectionString: env.get('DATABASE_URL') })
    await client.connect()
    cleanup(() => client.end())
    const update = 'UPDATE products SET price_paise = $1 WHERE id = $2'
    return { client, write: () => client.query(update, [NEW, product.id]) }
  }

  /** The startup process stands still between making a commit visible and moving the position on. */
  async function caughtInTheAct(cleanup: (end: () => Promise<void> | void) => void) {
    const { client, write } = await writer(cleanup)
    const watcher = new pg.Client({ connectionString: env.get('DATABASE_READ_URL') })
    await watcher.connect()
    cleanup(() => watcher.end())
    const names = Array.from({ length: TABLES }, (_, number) => `dropped_${number}`)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      await product.merge({ pricePaise: OLD }).save()
      await client.query(names.map((name) => `CREATE TABLE ${name} (id int PRIMARY KEY)`).join(';'))
      await standbyCaughtUp()
      await client.query('BEGIN')
      await write()
      await client.query(`DROP TABLE ${names.join(', ')}`)
      const startup = processesOf(join(clusterDirectory(), 'standby'), 'startup')
      const beforeCommit = await replication().currentPosition()
      const committed = client.query('COMMIT')
      while ((await watcher.query('SELECT price_paise FROM products')).rows[0].price_paise === OLD);
      const wake = freeze(startup)
      await committed
      const { rows } = await watcher.query('SELECT pg_last_wal_replay_lsn() AS position')
      if (parsePosition(rows[0].position) <= beforeCommit) return cleanup(wake)
      wake()
    }
    throw new Error('The startup process was always too quick')
  }

  test('a replica that shows it before it has replayed it says so', async ({ assert, cleanup }) => {
    await caughtInTheAct(cleanup)
    const { value, source, position, latest } = await replication().readAt(null, price)
    assert.deepEqual([value, source], [NEW, 'replica'])
    assert.isTrue(latest > position, 'a page of this position that lacks the price is good enough')
  })

  test('a replica that has paused keeps those whom it showed what it has', async ({
    assert,
    cleanup,
  }) => {
    cleanup(resumeReplay)
    await pauseReplay()
    await product.merge({ pricePaise: NEW }).save()
    const session = newSession()
    for (let visit = 0; visit < 3; visit++) {
      const { value, source, latest } = await replication().readAt(session.needed, price)
      session.saw(latest)
      assert.deepEqual([value, source], [OLD, 'replica'])
    }
  })

  test('a replica that is idle keeps those whom it showed what it has', async ({ assert }) => {
    const session = newSession()
    for (let visit = 0; visit < 3; visit++) {
      await standbyCaughtUp()
      const { source, latest } = await replication().readAt(session.needed, price)
      session.saw(latest)
      assert.equal(source, 'replica')
    }
  })

  test('a replica that receives no log is never sure that it has applied all of it', async ({
    assert,
    cleanup,
  }) => {
    const { standbyPort: port, adminPassword: password } = readState(clusterDirectory())!
    const receive = async (isOn: boolean) => {
      await withAdmin({ port, password }, async (client) => {
        const change = isOn ? 'RESET primary_conninfo' : `SET primary_conninfo = ''`
        await client.query(`ALTER SYSTEM ${change}`)
        await client.query('SELECT pg_reload_conf()')
      })
      await eventually(async () => {
        const [{ receiver }] = await onStandby(
          'SELECT pid AS receiver FROM pg_stat_get_wal_receiver()'
        )
        assert.equal(receiver !== null, isOn)
      }, 20_000)
    }
    cleanup(() => receive(true))
    await receive(false)
    const { source, position, latest } = await replication().readAt(null, price)
    assert.equal(source, 'replica')
    assert.isTrue(latest > position)
  })

  test('the primary is read from once it shows what a replica has shown', async ({
    assert,
    cleanup,
  }) => {
    const { write } = await writer(cleanup)
    const closeWindow = await openCommitWindow()
    cleanup(closeWindow)
    const committed = write()
    const session = newSession()
    await eventually(async () => assert.equal(await replication().readFor(session, price), NEW))
    cleanup(freezeStandby())

    const impatient = new Replication(db, logger, { ...PATIENT, replicaTimeout: 50 })
    const others = await impatient.readAt(null, price)
    assert.deepInclude(others, { value: OLD, source: 'primary' }, 'the window is open')
    const again = impatient.readFor(session, price)
    await closeWindow()
    assert.equal(await again, NEW)
    await committed
  })

  test('a page kept from the primary is not shown to who has seen more on a replica', async ({
    assert,
    cleanup,
  }) => {
    const { write } = await writer(cleanup)
    const closeWindow = await openCommitWindow()
    cleanup(closeWindow)
    const committed = write()
    const session = newSession()
    await eventually(async () => assert.equal(await replication().readFor(session, price), NEW))
    cleanup(freezeStandby())

    const impatient = new Replication(db, logger, { ...PATIENT, replicaTimeout: 50 })
    const { readThrough } = await caching({ replication: impatient })
    const visit = (clock = newSession()) => readThrough.get('products:page', '', clock, price)
    await db.rawQuery(`SELECT pg_logical_emit_message(false, 'test', 'the log has moved on')`)
    assert.equal(await visit(), OLD)
    const again = visit(session)
    await closeWindow()
    assert.equal(await again, NEW)
    await committed
  })

  test('a writer does not join a read that began before the write was visible', async ({
    assert,
    cleanup,
  }) => {
    const impatient = new Replication(db, logger, { ...PATIENT, replicaTimeout: 50 })
    const { cache, readThrough } = await caching({ replication: impatient })
    const { write } = await writer(cleanup)
    cleanup(freezeStandby())

    const isAnnouncedAndRead = async (key: string) => {
      await db.from('products').where('id', product.id).update({ price_paise: OLD })
      const closeWindow = await openCommitWindow()
      cleanup(closeWindow)
      const before = await impatient.currentPosition()
      const committed = write()
      await eventually(async () => assert.isTrue((await impatient.currentPosition()) > before))
      const floor = await impatient.currentPosition()
      await cache.raiseFloor([key], floor)
      const [hasRead, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const other = readThrough.get(key, '', newSession(), async (client) => {
        const value = await price(client)
        hasRead.resolve()
        await mayEnd.promise
        return value
      })
      await hasRead.promise
      await closeWindow()
      await committed
      const session = newSession()
      session.wrote(await impatient.currentPosition())
      const own = readThrough.get(key, '', session, price)
      await delay(20)
      mayEnd.resolve()
      assert.deepEqual([await other, await own], [OLD, NEW])
      return session.needed === floor
    }
    for (let attempt = 1; !(await isAnnouncedAndRead(`products:${attempt}`)); attempt++) {
      assert.isBelow(attempt, ATTEMPTS, 'the log moved on in each attempt')
    }
  })
})
