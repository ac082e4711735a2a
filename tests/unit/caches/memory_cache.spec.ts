import { test } from '@japa/runner'
import { MemoryCache } from '#caches/memory_cache'
import { cacheContract } from './cache_contract.js'

cacheContract('memory', () => new MemoryCache())

test.group('Memory cache', () => {
  test('holds no more keys than its capacity, and keeps the floors of those it let go', async ({
    assert,
  }) => {
    const cache = new MemoryCache(2)
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
    const cache = new MemoryCache(2)
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

  test('keeps 200 fields of a key, and lets the oldest go for a new one', async ({ assert }) => {
    const cache = new MemoryCache()
    await cache.keepAlive(60_000, 0n)
    for (let page = 0; page <= 200; page++) {
      await cache.fill('shop', `page ${page}`, { value: '1', position: 1n }, 60_000)
    }
    assert.isNull((await cache.read('shop', 'page 0')).entry)
    assert.isNotNull((await cache.read('shop', 'page 1')).entry)
  })
})
