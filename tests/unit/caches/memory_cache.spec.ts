import { test } from '@japa/runner'
import { MemoryCache } from '#caches/memory_cache'
import { cacheContract } from './cache_contract.js'

const KILOBYTE = 1024

cacheContract('memory', () => new MemoryCache())

test.group('Memory cache', () => {
  test('tells at once whether a value is still the one that it would give', async ({ assert }) => {
    const cache = new MemoryCache()
    const fill = (ttl = 60_000) => cache.fill('a', 'f', { value: '1', position: 30n }, ttl)
    assert.isNull(cache.versionOf('a', 'f'))
    await fill()
    assert.isNull(cache.versionOf('a', 'f'), 'no heartbeat was heard')
    await cache.keepAlive(60_000, 0n)
    const first = cache.versionOf('a', 'f')
    assert.isNotNull(first)
    assert.equal((await cache.read('a', 'f')).entry!.version, first!)
    assert.isNull(cache.versionOf('a', 'other'))
    await fill()
    assert.isNotNull(cache.versionOf('a', 'f'))
    assert.notEqual(cache.versionOf('a', 'f'), first, 'the same text, but read again')
    await cache.raiseFloor(['a'], 20n)
    assert.isNull(cache.versionOf('a', 'f'))
    await fill(0)
    assert.isNull(cache.versionOf('a', 'f'), 'its time is over')
    await fill()
    await cache.keepAlive(0, 0n)
    assert.isNull(cache.versionOf('a', 'f'), 'no heartbeat comes any more')
  })

  test('holds no more keys than its capacity, and keeps the floors of those it let go', async ({
    assert,
  }) => {
    const cache = new MemoryCache({ keys: 2 })
    await cache.raiseFloor(['a'], 20n)
    await cache.fill('b', 'f', { value: '1', position: 20n }, 60_000)
    await cache.fill('c', 'f', { value: '1', position: 20n }, 60_000)
    await cache.keepAlive(60_000, 0n)
    assert.isFalse(await cache.fill('a', 'f', { value: '1', position: 19n }, 60_000))
    assert.isNotNull((await cache.read('c', 'f')).entry)
  })

  test('lets the key go that was used longest ago, also after all floors were raised', async ({
    assert,
  }) => {
    const cache = new MemoryCache({ keys: 2 })
    await cache.keepAlive(60_000, 0n)
    await cache.raiseAllFloors(10n)
    const entry = { value: '1', position: 30n }
    await cache.fill('old', 'f', entry, 60_000)
    await cache.fill('used', 'f', entry, 60_000)
    await cache.raiseAllFloors(20n)
    for (const key of ['old', 'used']) await cache.fill(key, 'f', entry, 60_000)
    await cache.read('old', 'f')
    await cache.fill('new', 'f', entry, 60_000)
    assert.isNotNull((await cache.read('old', 'f')).entry)
    assert.isNull((await cache.read('used', 'f')).entry)
  })

  test('lets the entries go that were used longest ago when its bytes are used up, whatever their key', async ({
    assert,
  }) => {
    const cache = new MemoryCache({ bytes: 10 * KILOBYTE })
    await cache.keepAlive(60_000, 0n)
    const fill = (key: string, field: string) => {
      return cache.fill(key, field, { value: 'x'.repeat(KILOBYTE), position: 1n }, 60_000)
    }
    const has = async (key: string, field: string) => (await cache.read(key, field)).entry !== null
    await fill('start', 'page')
    for (let page = 0; page < 100; page++) {
      await fill('crawled', `page ${page}`)
      assert.isTrue(await has('start', 'page'))
    }
    assert.isTrue(await has('crawled', 'page 99'))
    assert.isTrue(await has('crawled', 'page 98'))
    assert.isFalse(await has('crawled', 'page 0'))
  })

  test('counts a replaced or dropped entry no longer', async ({ assert }) => {
    const cache = new MemoryCache({ bytes: 5 * KILOBYTE })
    await cache.keepAlive(60_000, 0n)
    const entry = { value: 'x'.repeat(KILOBYTE), position: 100n }
    await cache.fill('kept', 'f', entry, 60_000)
    for (let times = 0; times < 20; times++) await cache.fill('same', 'f', entry, 60_000)
    for (let floor = 1n; floor < 20n; floor++) {
      await cache.raiseFloor(['same'], floor)
      await cache.fill('same', 'f', entry, 60_000)
    }
    assert.isNotNull((await cache.read('kept', 'f')).entry)
    assert.isNotNull((await cache.read('same', 'f')).entry)
  })

  test('does not hold what is larger than all its bytes', async ({ assert }) => {
    const cache = new MemoryCache({ bytes: KILOBYTE })
    await cache.keepAlive(60_000, 0n)
    await cache.fill('small', 'f', { value: '1', position: 1n }, 60_000)
    const large = { value: 'x'.repeat(KILOBYTE), position: 1n }
    assert.isFalse(await cache.fill('large', 'f', large, 60_000))
    assert.isNull((await cache.read('large', 'f')).entry)
    assert.isNotNull((await cache.read('small', 'f')).entry)
  })

  test('anybody may fill what is missing: nobody else has this cache', async ({ assert }) => {
    assert.isTrue((await new MemoryCache().read('a', 'f')).mayFill)
  })

  test('forgets what a key held when it lets the key go, so that it is not counted when it comes back', async ({
    assert,
  }) => {
    const cache = new MemoryCache({ bytes: 8 * KILOBYTE, keys: 1 })
    await cache.keepAlive(60_000, 0n)
    const fill = (key: string, field: string) => {
      return cache.fill(key, field, { value: 'x'.repeat(KILOBYTE), position: 1n }, 60_000)
    }
    for (const key of ['back', 'other', 'back']) await fill(key, 'f')
    assert.isTrue(await fill('back', 'g'))
    assert.isNotNull((await cache.read('back', 'f')).entry)
    assert.isNotNull((await cache.read('back', 'g')).entry)
  })
})
