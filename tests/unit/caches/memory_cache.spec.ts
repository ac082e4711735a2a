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
})
