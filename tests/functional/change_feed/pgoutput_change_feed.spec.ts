import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import type Product from '#models/product'
import { Replication } from '#replication/replication'
import { caching, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, feedWith, FeedRecorder } from '#tests/helpers/feed_recorder'
import app from '@adonisjs/core/services/app'

const SLOT = 'kirana_test_feed'

test.group('Change feed from the log', (group) => {
  let feed: ChangeFeed
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    await dropSlot(SLOT)
    product = await createProduct({ pricePaise: 100 })
    feed = feedWith(SLOT)
    return async () => {
      await feed.stop()
      await dropSlot(SLOT)
    }
  })

  const listen = async (next: Partial<ChangeListener> = {}) => {
    const recorder = new FeedRecorder(next)
    await feed.start(recorder)
    await eventually(() => {
      if (recorder.heartbeats.length === 0) throw new Error('No heartbeat yet')
    })
    return recorder
  }
  const setPrice = (pricePaise: number) => product.merge({ pricePaise }).save()

  test('a change that was not handled comes again', async ({ assert }) => {
    let failures = 1
    const recorder = await listen({
      async changes() {
        if (failures-- > 0) throw new Error('not now')
      },
    })
    await setPrice(200)
    await eventually(() => assert.lengthOf(recorder.of(product.id), 2))
    const [first, again] = recorder.of(product.id)
    assert.deepEqual(again, first)
  })

  test('a change that was handled and not confirmed comes again', async ({ assert }) => {
    let cuts = 1
    const recorder = await listen({
      async changes() {
        if (cuts-- > 0) await cutConnection()
      },
    })
    await setPrice(200)
    await eventually(() => assert.lengthOf(recorder.of(product.id), 2))
  })

  test('stopping lets the change in hand be finished, which then does not come again', async ({
    assert,
  }) => {
    const handling = Promise.withResolvers<void>()
    let finished = false
    const recorder = await listen({
      async changes() {
        handling.resolve()
        await delay(100)
        finished = true
      },
    })
    await setPrice(200)
    await handling.promise
    await feed.stop()
    assert.isTrue(finished)
    assert.lengthOf(recorder.of(product.id), 1)
    assert.lengthOf((await listen()).of(product.id), 0)
  })

  test('can be stopped at any moment of its start', async ({ assert }) => {
    for (let patience = 0; patience < 60; patience += 3) {
      await feed.start(new FeedRecorder())
      await delay(patience)
      await feed.stop()
      assert.equal(feed.status().state, 'stopped')
    }
  })

  test('what changed while the feed was away comes when it is back', async ({ assert }) => {
    await listen()
    await feed.stop()
    await setPrice(200)
    const recorder = await listen()
    assert.lengthOf(recorder.of(product.id), 1)
  })

  test('a feed that starts says that it was away, whatever its slot has kept', async ({
    assert,
  }) => {
    await listen()
    await feed.stop()
    assert.equal((await listen()).gaps, 1)
  })

  test('a delete names the shop', async ({ assert }) => {
    const recorder = await listen()
    await product.delete()
    await eventually(() => {
      const [{ operation, key }] = recorder.of(product.id)
      assert.equal(operation, 'delete')
      assert.deepEqual(key, { id: product.id, shop_id: product.shopId })
    })
  })

  test('a slot that is lost while the feed runs is made anew, and said to be a gap', async ({
    assert,
  }) => {
    const recorder = await listen()
    assert.equal(recorder.gaps, 1)
    await cutConnection()
    await dropSlot(SLOT)
    await eventually(() => assert.equal(recorder.gaps, 2))
    await setPrice(300)
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
  })

  test('heartbeats come, and pass no change that has not been handed over', async ({ assert }) => {
    const replication = await app.container.make(Replication)
    const recorder = await listen()
    await setPrice(200)
    const written = await replication.currentPosition()
    await eventually(() => assert.isTrue(recorder.heartbeats.at(-1)! >= written))
    assert.lengthOf(recorder.of(product.id), 1)
    const before = recorder.heartbeats.length
    await eventually(() => assert.isAbove(recorder.heartbeats.length, before + 2))
  })

  test('a feed that is silent for too long lets what is cached expire', async ({ assert }) => {
    const { cache, dispatcher, products } = await caching({ maximumSilence: 400 })
    const [key] = products.keysOf(product.shopId)
    const held = async () => (await cache.read(key, '')).entry !== null
    await listen(dispatcher)
    await products.list(product.shopId, null, newSession())
    await delay(600)
    assert.isTrue(await held())
    await feed.stop()
    await eventually(async () => assert.isFalse(await held()), 600)
  })

  async function cutConnection() {
    await db.rawQuery(
      'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?',
      [SLOT]
    )
  }
})
