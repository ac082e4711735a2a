import { errors } from '@adonisjs/limiter'
import { test } from '@japa/runner'
import { BoundedCounts } from '#security/bounded_counts'
import { BoundedLimiterStore } from '#security/bounded_limiter_store'

const MINUTE = { requests: 2, duration: '1 minute' }

test.group('Rate limits counted by a process', () => {
  test('keep as many keys as their bytes allow, and forget those counted longest ago', async ({
    assert,
  }) => {
    const counts = new BoundedCounts({ points: 10_000, duration: 60 }, 50_000)
    const keys = Array.from({ length: 1_000 }, (_, number) => `login:${number}`)
    for (const key of keys) {
      await counts.consume(key)
      await counts.consume('login:0')
    }
    const counted = await Promise.all(keys.map((key) => counts.get(key)))
    const kept = counted.filter((count) => count !== null)
    assert.isAtLeast(kept.length, 20)
    assert.isAtMost(kept.length, 100)
    assert.isNotNull(counted.at(-1))
    assert.equal(counted[0]!.consumedPoints, 1_001)
  })

  test('forget in the same way when they are raised, lowered, set or blocked', async ({
    assert,
  }) => {
    const counts = new BoundedCounts({ points: 10_000, duration: 60 }, 50_000)
    for (let number = 0; number < 1_000; number++) {
      await counts.penalty(`raised:${number}`)
      await counts.reward(`lowered:${number}`)
      await counts.set(`set:${number}`, 1, 60)
      await counts.block(`blocked:${number}`, 60)
    }
    for (const kind of ['raised', 'lowered', 'set', 'blocked']) {
      assert.isNull(await counts.get(`${kind}:0`))
      assert.isNotNull(await counts.get(`${kind}:999`))
    }
  })

  test('still refuse what is over the limit, also after they were cleared', async ({ assert }) => {
    const store = new BoundedLimiterStore(MINUTE)
    await store.consume('meena', 2)
    await assert.rejects(() => store.consume('meena'), errors.E_TOO_MANY_REQUESTS)
    await store.clear()
    assert.equal((await store.consume('meena')).remaining, 1)
    assert.equal(store.duration, 60)
  })
})
