import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { SessionClock } from '#replication/session_clock'
import Product from '#models/product'
import { caching, changeOf, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'
import { ownCluster, pauseReplay, resumeReplay, standbyCaughtUp } from '#tests/helpers/standby'

const OLD = 100
const NEW = 200

/** The standby's replay is paused throughout: it shows the old price for as long as a test runs. */
test.group('A reader behind the change feed', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))

  let product: Product
  let parts: Awaited<ReturnType<typeof caching>>

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: OLD })
    parts = await caching()
    await pauseReplay()
    return resumeReplay
  })

  const priceFor = async (clock: SessionClock) => {
    const list = await parts.products.list(product.shopId, null, clock)
    return list!.items[0]?.pricePaise
  }
  const held = async () => {
    const [key] = parts.products.keysOf(product.shopId)
    const { entry } = await parts.cache.read(key, '')
    return entry && JSON.parse(entry.value).data.items[0].pricePaise
  }
  const setPrice = (pricePaise: number) => product.merge({ pricePaise }).save()
  /** The primary vouches for what lies before its position, so a fill waits for the log to go on. */
  const announce = async () => {
    await parts.dispatcher.changes([changeOf(product)])
    await db.rawQuery(`SELECT pg_logical_emit_message(true, 'test', '')`)
  }

  test('never puts the old price back after a change was announced', async ({ assert }) => {
    assert.equal(await priceFor(newSession()), OLD)
    assert.equal(await held(), OLD)
    await setPrice(NEW)
    await announce()
    assert.isNull(await held())
    for (let visit = 0; visit < 5; visit++) assert.equal(await priceFor(newSession()), NEW)
    assert.equal(await held(), NEW)
  })

  test('cannot store what it read before the announcement', async ({ assert }) => {
    const { cache, readThrough, products } = parts
    const [key] = products.keysOf(product.shopId)
    const hasRead = Promise.withResolvers<void>()
    const mayStore = Promise.withResolvers<void>()
    const slow = readThrough.get(key, '', newSession(), async (client) => {
      const { pricePaise } = await Product.findOrFail(product.id, { client })
      hasRead.resolve()
      await mayStore.promise
      return { items: [{ pricePaise }] }
    })
    await hasRead.promise
    await setPrice(NEW)
    await announce()
    mayStore.resolve()

    assert.equal((await slow).items[0].pricePaise, OLD)
    assert.isNull((await cache.read(key, '')).entry)
    assert.equal(await priceFor(newSession()), NEW)
  })

  test('is not served to those who come after the announcement', async ({ assert }) => {
    const { readThrough, products } = parts
    const [key] = products.keysOf(product.shopId)
    const hasRead = Promise.withResolvers<void>()
    const mayStore = Promise.withResolvers<void>()
    const slow = readThrough.get(key, '', newSession(), async (client) => {
      const { pricePaise } = await Product.findOrFail(product.id, { client })
      hasRead.resolve()
      await mayStore.promise
      return { items: [{ pricePaise }] }
    })
    await hasRead.promise
    await setPrice(NEW)
    await announce()
    assert.equal(await priceFor(newSession()), NEW)
    mayStore.resolve()
    await slow
    assert.equal(await held(), NEW)
  })

  test('sees the last price, however often and in whatever order changes come', async ({
    assert,
  }) => {
    const [first, second, third] = [1, 2, 3].map((transactionId) =>
      changeOf(product, { transactionId })
    )
    const orders = [
      [third, second, first],
      [second, first, third],
      [first, first, third, second, second],
      [third, first, second, third],
    ]
    for (const [round, order] of orders.entries()) {
      await priceFor(newSession())
      for (const step of [1, 2, 3]) await setPrice(1_000 * (round + 1) + step)
      for (const change of order) {
        await parts.dispatcher.changes([change])
        assert.equal(await priceFor(newSession()), 1_000 * (round + 1) + 3)
      }
      await parts.dispatcher.changes(order)
      assert.equal(await priceFor(newSession()), 1_000 * (round + 1) + 3)
    }
  })

  test('sees no deleted product once that is announced', async ({ assert }) => {
    assert.equal(await priceFor(newSession()), OLD)
    await product.delete()
    await parts.dispatcher.changes([changeOf(product, { operation: 'delete' })])
    assert.isUndefined(await priceFor(newSession()))
  })

  test('who has written sees it before it is announced, on a page that is held', async ({
    assert,
  }) => {
    assert.equal(await priceFor(newSession()), OLD)
    await setPrice(NEW)
    const writer = newSession()
    writer.saw(await parts.replication.currentPosition())
    assert.equal(await held(), OLD)
    assert.equal(await priceFor(writer), NEW)
  })

  test('who has seen the new price is not shown the old one again', async ({ assert }) => {
    const reader = newSession()
    const other = (await createProduct()).shopId
    await priceFor(newSession())
    await setPrice(NEW)
    reader.saw(await parts.replication.currentPosition())
    await parts.products.list(other, null, reader)
    assert.equal(await priceFor(reader), NEW)
    assert.equal(await priceFor(reader), NEW)
  })
})

test.group('A page that shows more than its position vouches for', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.setup(emptyDatabase)

  test('is not followed by an older one that a slower reader has kept', async ({ assert }) => {
    const product = await createProduct({ pricePaise: OLD })
    const { readThrough } = await caching()
    const mayStore = Promise.withResolvers<void>()
    const visit = (clock: SessionClock, before = async () => {}, after = async () => {}) =>
      readThrough.get('products:page', '', clock, async (client) => {
        await before()
        const { pricePaise } = await Product.findOrFail(product.id, { client })
        await after()
        return pricePaise
      })
    await standbyCaughtUp()

    const hasRead = Promise.withResolvers<void>()
    const slow = visit(newSession(), undefined, async () => {
      hasRead.resolve()
      await mayStore.promise
    })
    await hasRead.promise
    const session = newSession()
    session.saw(1n)
    const change = async () => {
      await product.merge({ pricePaise: NEW }).save()
      await standbyCaughtUp()
    }
    assert.equal(await visit(session, change), NEW)
    mayStore.resolve()
    assert.equal(await slow, OLD)
    assert.equal(await visit(newSession()), OLD)
    assert.equal(await visit(session), NEW)
  })
})
