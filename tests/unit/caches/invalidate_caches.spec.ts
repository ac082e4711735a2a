import { LoggerFactory } from '@adonisjs/core/factories/logger'
import { test } from '@japa/runner'
import { CityCache } from '#caches/city_cache'
import { InvalidateCaches } from '#caches/invalidate_caches'
import { MemoryCache } from '#caches/memory_cache'
import { ProductCache } from '#caches/product_cache'
import { ShopCache } from '#caches/shop_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import { Passed } from '#replication/passed'

const SILENCE = 5_000

test.group('Floors after a change', (group) => {
  let cache: MemoryCache
  let passed: Passed
  let handler: InvalidateCaches
  let logs: string[]

  group.each.setup(() => {
    cache = new MemoryCache()
    passed = new Passed(true, SILENCE)
    logs = []
    const logger = new LoggerFactory()
      .merge({ enabled: true, level: 'info' })
      .pushLogsTo(logs)
      .create()
    const caches = [new ShopCache(null!), new ProductCache(null!), new CityCache(null!)] as const
    handler = new InvalidateCaches(cache, ...caches, logger, passed, SILENCE)
  })

  const change = (values: Partial<ChangeEvent>): ChangeEvent => ({
    table: 'products',
    operation: 'update',
    key: { id: '1', shop_id: 'shop' },
    keyBefore: null,
    transactionId: null,
    committedAt: new Date(),
    ...values,
  })

  /** Keys of these whose floor is at the position. */
  async function raisedTo(position: bigint) {
    const shops = new ShopCache(null!)
    const keys = {
      all: shops.keysOf('Pune')[0],
      Pune: shops.keysOf('Pune')[1],
      Nashik: shops.keysOf('Nashik')[1],
      shop: new ProductCache(null!).keysOf('shop')[0],
      other: new ProductCache(null!).keysOf('other')[0],
      cities: new CityCache(null!).keysOf()[0],
    }
    const floors = Object.entries(keys).map(async ([name, key]) => {
      return (await cache.read(key, '')).floor === position ? [name] : []
    })
    return (await Promise.all(floors)).flat()
  }

  test('of a product are those of its shop', async ({ assert }) => {
    await handler.handle([change({})], 20n)
    assert.deepEqual(await raisedTo(20n), ['shop'])
  })

  test('of a shop are those of its products, its city and all shops', async ({ assert }) => {
    await handler.handle([change({ table: 'shops', key: { id: 'shop', city: 'Pune' } })], 20n)
    assert.sameMembers(await raisedTo(20n), ['all', 'Pune', 'shop'])
  })

  test('of a shop that moves are those of both cities', async ({ assert }) => {
    const moved = { key: { id: 'shop', city: 'Pune' }, keyBefore: { id: 'shop', city: 'Nashik' } }
    await handler.handle([change({ table: 'shops', ...moved })], 20n)
    assert.sameMembers(await raisedTo(20n), ['all', 'Pune', 'Nashik', 'shop'])
  })

  test('of a city are those of the names of cities', async ({ assert }) => {
    await handler.handle([change({ table: 'cities', key: { id: '1' } })], 20n)
    assert.deepEqual(await raisedTo(20n), ['cities'])
  })

  test('of another table are none', async ({ assert }) => {
    await handler.handle([change({ table: 'search_names' })], 20n)
    assert.isEmpty(await raisedTo(20n))
    assert.isEmpty(logs)
  })

  test('are all when a table was emptied, or changes may be missing', async ({ assert }) => {
    await handler.handle([change({}), change({ operation: 'truncate', key: {} })], 20n)
    assert.lengthOf(await raisedTo(20n), 6)
    assert.match(logs.join(), /table truncated, all cache keys dropped/)
    await handler.gap(30n)
    assert.lengthOf(await raisedTo(30n), 6)
  })

  test('are raised once for each key, and one line tells of a transaction', async ({ assert }) => {
    const committedAt = new Date(Date.now() - 60)
    await handler.handle(
      [change({ committedAt }), change({ key: { id: '2', shop_id: 'shop' } })],
      26n
    )
    assert.lengthOf(logs, 1)
    const { msg, keys, position } = JSON.parse(logs[0])
    const dropped =
      /^change event from products \(update 1 and 1 more\): dropped 1 cache keys (\d+) ms/
    assert.match(msg, dropped)
    assert.isAtLeast(Number(dropped.exec(msg)![1]), 60)
    assert.isBelow(Number(dropped.exec(msg)![1]), 60_000)
    assert.lengthOf(keys, 1)
    assert.equal(position, '0/1A')
    await handler.handle([change({})], 27n)
    assert.match(JSON.parse(logs[1]).msg, /\(update 1\): dropped/)
  })

  test('at most twenty keys are named in a line', async ({ assert }) => {
    const many = Array.from({ length: 30 }, (_, shop) =>
      change({ key: { id: '1', shop_id: `${shop}` } })
    )
    await handler.handle(many, 20n)
    assert.lengthOf(JSON.parse(logs[0]).keys, 20)
    assert.match(JSON.parse(logs[0]).msg, /dropped 30 cache keys/)
  })
})

test.group('Heartbeats of the change feed', () => {
  const entry = { value: '1', position: 10n }

  /** What a heartbeat of this age does to the cache. */
  async function heard(age: number, isCounted = true) {
    const cache = new MemoryCache()
    const passed = new Passed(isCounted, SILENCE)
    const handler = new InvalidateCaches(cache, null!, null!, null!, null!, passed, SILENCE)
    await cache.fill('k', 'f', entry, 60_000)
    await handler.heartbeat(age, 30n)
    return { found: (await cache.read('k', 'f')).entry, passed }
  }

  test('keep values alive, up to the watermark', async ({ assert }) => {
    const { found, passed } = await heard(0)
    assert.equal(found!.currentAt, 30n)
    assert.equal(passed.here, 30n)
  })

  test('count only while they are younger than the maximum silence', async ({ assert }) => {
    assert.isNotNull((await heard(SILENCE - 1_000)).found)
    for (const age of [SILENCE, SILENCE + 1]) {
      const { found, passed } = await heard(age)
      assert.isNull(found)
      assert.isNull(passed.here)
    }
  })

  test('keep values alive only for what is left of the silence', async ({ assert }) => {
    const cache = new MemoryCache()
    const passed = new Passed(true, SILENCE)
    const handler = new InvalidateCaches(cache, null!, null!, null!, null!, passed, SILENCE)
    await cache.fill('k', 'f', entry, 60_000)
    await handler.heartbeat(SILENCE - 20, 30n)
    await new Promise((resolve) => setTimeout(resolve, 40))
    assert.isNull((await cache.read('k', 'f')).entry)
  })

  test('do nothing in a process that the others do not wait for', async ({ assert }) => {
    const { found, passed } = await heard(0, false)
    assert.isNull(found)
    assert.equal(passed.here, 0n)
  })
})
