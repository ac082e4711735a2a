import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import { test } from '@japa/runner'
import env from '#start/env'
import Product from '#models/product'
import { caching, newSession } from '#tests/helpers/caching'
import { openCommitWindow } from '#tests/helpers/commit_window'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, feedWith, FeedRecorder } from '#tests/helpers/feed_recorder'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'

const SLOT = 'kirana_test_window'
const OLD = 100
const NEW = 200

test.group('A commit that is announced before it is visible', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.setup(emptyDatabase)

  test('leaves nothing old in the cache', async ({ assert, cleanup }) => {
    const product = await createProduct({ pricePaise: OLD })
    const { cache, dispatcher, products } = await caching()
    const feed = feedWith(SLOT)
    const recorder = new FeedRecorder(dispatcher)
    cleanup(() => dropSlot(SLOT))
    cleanup(() => feed.stop())
    await feed.start(recorder)
    await eventually(() => assert.isAbove(recorder.heartbeats.length, 0))
    const [key] = products.keysOf(product.shopId)
    const floor = async () => (await cache.read(key, '')).floor
    const floorBefore = await floor()
    cleanup(resumeReplay)
    await pauseReplay()

    const closeWindow = await openCommitWindow()
    cleanup(closeWindow)
    const writer = new pg.Client({ connectionString: env.get('DATABASE_URL') })
    await writer.connect()
    cleanup(() => writer.end())
    const commit = writer.query('UPDATE products SET price_paise = $1 WHERE id = $2', [
      NEW,
      product.id,
    ])
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1), 20_000)

    const price = async () => {
      const list = await products.list(product.shopId, null, newSession())
      return list!.items[0].pricePaise
    }
    assert.equal((await Product.findOrFail(product.id)).pricePaise, OLD, 'the window is open')
    for (let visit = 0; visit < 20; visit++) {
      await db.rawQuery(`SELECT pg_logical_emit_message(false, 'test', '')`)
      await price()
    }

    await closeWindow()
    await commit
    await eventually(async () => assert.isTrue((await floor()) > floorBefore))
    assert.equal(await price(), NEW)
  })

  /**
   * A new slot waits twice for what is running. What begins between, and has its commit in the log when the second wait
   * is over, is neither in the stream nor waited for by PostgreSQL.
   */
  test('and is left out by a new slot: the gap is told once it is visible', async ({
    assert,
    cleanup,
  }) => {
    const product = await createProduct({ pricePaise: OLD })
    const connect = async () => {
      const client = new pg.Client({ connectionString: env.get('DATABASE_URL') })
      client.on('error', () => {})
      await client.connect()
      cleanup(() => client.end())
      return client
    }
    const isCreated = async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_replication_slots WHERE slot_name LIKE ? AND confirmed_flush_lsn IS NOT NULL`,
        [`${SLOT}%`]
      )
      assert.isNotEmpty(rows)
    }
    const begin = async () => {
      const client = await connect()
      await client.query('BEGIN')
      const { rows } = await client.query('SELECT pg_current_xact_id()::text AS id')
      return { client, id: rows[0].id as string }
    }
    const awaits = async ({ id }: { id: string }) => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted AND transactionid::text = ?`,
        [id]
      )
      assert.isNotEmpty(rows)
    }

    const first = await begin()
    const feed = feedWith(SLOT, { temporary: true })
    const recorder = new FeedRecorder()
    cleanup(() => feed.stop())
    await feed.start(recorder)
    await eventually(() => awaits(first), 20_000)
    const second = await begin()
    await first.client.query('ROLLBACK')
    await eventually(() => awaits(second), 20_000)

    const closeWindow = await openCommitWindow()
    cleanup(closeWindow)
    const writer = await connect()
    const commit = writer.query('UPDATE products SET price_paise = $1 WHERE id = $2', [
      NEW,
      product.id,
    ])
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'`
      )
      assert.isNotEmpty(rows)
    }, 20_000)
    await second.client.query('ROLLBACK')
    await eventually(isCreated, 20_000)
    await delay(500)
    assert.equal((await Product.findOrFail(product.id)).pricePaise, OLD, 'the window is open')
    assert.equal(recorder.gaps, 0)

    await closeWindow()
    await commit
    await eventually(() => assert.equal(recorder.gaps, 1), 20_000)
  }).timeout(90_000)
})
