import { test } from '@japa/runner'
import { SearchCache } from '#search/search_cache'
import { InvalidateSearches } from '#change_feed/handlers/invalidate_searches'
import { SessionClock } from '#replication/session_clock'
import { caching, changeOf, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

test.group('Searches in the cache', (group) => {
  group.each.setup(emptyDatabase)

  const setUp = async () => {
    const { cache, readThrough, replication } = await caching()
    const searches = new SearchCache(readThrough)
    const handler = new InvalidateSearches(cache, searches)
    const reads: (string | null)[] = []
    const search = (city: string | null) => {
      const readAt = (needed: bigint) => {
        return replication.readAt(needed, async () => reads.push(city))
      }
      return searches.get(city, 'besan', newSession(), { readAt, mayLag: false })
    }
    return { handler, replication, reads, search }
  }

  test('are read once until something changes in their city', async ({ assert }) => {
    const { handler, replication, reads, search } = await setUp()
    const pune = await createProduct({ shopId: (await createShop({ city: 'Pune' })).id })
    for (const city of ['Pune', 'pune ', 'Delhi', null, 'Pune', 'Delhi', null]) await search(city)
    assert.deepEqual(reads, ['Pune', 'Delhi', null])
    await handler.handle([changeOf(pune)], await replication.currentPosition())
    for (const city of ['Delhi', 'Pune', null]) await search(city)
    assert.deepEqual(reads.slice(3), ['Pune', null])
  })

  test('a shop that moves changes the city that it left, and its new one', async ({ assert }) => {
    const { handler, replication, reads, search } = await setUp()
    for (const city of ['Pune', 'Indore', 'Delhi']) await search(city)
    const moved = {
      table: 'shops',
      operation: 'update' as const,
      key: { id: 'a', city: 'Pune' },
      keyBefore: { id: 'a', city: 'Indore' },
      transactionId: null,
      committedAt: new Date(),
    }
    await handler.handle([moved], await replication.currentPosition())
    for (const city of ['Pune', 'Indore', 'Delhi']) await search(city)
    assert.deepEqual(reads.slice(3), ['Pune', 'Indore'])
  })

  test('a product of a shop that is gone needs no city', async ({ assert }) => {
    const { handler, replication, reads, search } = await setUp()
    const product = await createProduct()
    await (await product.related('shop').query().firstOrFail()).delete()
    await search(null)
    await handler.handle([changeOf(product)], await replication.currentPosition())
    await search(null)
    assert.lengthOf(reads, 2)
  })

  test('of an index that is behind are shown, and kept once it has caught up', async ({
    assert,
  }) => {
    const { cache, readThrough } = await caching()
    const searches = new SearchCache(readThrough)
    let [position, reads] = [10n, 0]
    const readAt = async () => ({ value: ++reads, position, latest: position, isSettled: true })
    const search = () => searches.get(null, 'besan', newSession(), { readAt, mayLag: true })
    assert.deepEqual([await search(), await search()], [1, 1])
    await cache.raiseFloor(searches.keysOf(null), 20n)
    assert.deepEqual([await search(), await search()], [2, 3])
    position = 20n
    assert.deepEqual([await search(), await search()], [4, 4])
  })

  test('of an index are asked for as late as the session needs them', async ({ assert }) => {
    const { cache, readThrough } = await caching()
    const searches = new SearchCache(readThrough)
    const asked: bigint[] = []
    const readAt = async (needed: bigint) => {
      asked.push(needed)
      return { value: 1, position: needed, latest: needed, isSettled: true }
    }
    await cache.raiseFloor(searches.keysOf(null), 30n)
    const clock = new SessionClock(20n, null)
    await searches.get(null, 'besan', clock, { readAt, mayLag: true })
    assert.deepEqual(asked, [20n])
  })
})
