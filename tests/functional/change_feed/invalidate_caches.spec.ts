import { test } from '@japa/runner'
import { MemoryCache } from '#caches/memory_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import { caching } from '#tests/helpers/caching'

class RecordingCache extends MemoryCache {
  raised: string[] = []

  async raiseFloor(keys: string[]) {
    this.raised.push(...keys)
  }
}

function created(table: string, key: Record<string, string>): ChangeEvent {
  return {
    table,
    operation: 'create',
    key,
    keyBefore: null,
    transactionId: null,
    committedAt: new Date(),
  }
}

test.group('Invalidation of caches', () => {
  test('a new name drops no page', async ({ assert }) => {
    const cache = new RecordingCache()
    const { dispatcher } = await caching({ cache })
    await dispatcher.changes([created('search_names', { id: 'n1' })])
    assert.isEmpty(cache.raised)
  })

  test('a new product drops the pages of its shop, whatever comes with it', async ({ assert }) => {
    const [alone, accompanied] = [new RecordingCache(), new RecordingCache()]
    const product = created('products', { id: 'p1', shop_id: 's1' })
    const name = created('search_names', { id: 'n1' })
    await (await caching({ cache: alone })).dispatcher.changes([product])
    await (await caching({ cache: accompanied })).dispatcher.changes([name, product])
    assert.isNotEmpty(alone.raised)
    assert.deepEqual(accompanied.raised, alone.raised)
  })
})
