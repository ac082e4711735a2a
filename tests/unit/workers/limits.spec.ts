import { errors } from '@adonisjs/limiter'
import { test } from '@japa/runner'
import { LimitCalls } from '#workers/limit_calls'
import { ServerLimits } from '#workers/server_limits'
import { WorkerLimiterStore } from '#workers/worker_limiter_store'
import { TestHub } from '#tests/helpers/channels'
import { eventually } from '#tests/helpers/eventually'

const OPTIONS = { requests: 4, duration: '1 minute' }

test.group('Rate limits over the workers of a server', (group) => {
  let hub: TestHub

  group.each.setup(() => {
    hub = new TestHub()
    new ServerLimits().answer(hub)
    return () => hub.close()
  })

  const workers = (count: number, options = OPTIONS) =>
    Array.from({ length: count }, () => {
      const { worker, close } = hub.add()
      const calls = new LimitCalls(worker)
      return { store: new WorkerLimiterStore(calls, options), calls, close }
    })

  test('are counted together', async ({ assert }) => {
    const [one, other] = workers(2).map(({ store }) => store)
    assert.equal((await one.consume('meena')).remaining, 3)
    assert.equal((await other.consume('meena', 2)).remaining, 1)
    assert.equal((await one.increment('meena')).consumed, 4)
    for (const store of [one, other]) {
      await assert.rejects(() => store.consume('meena'), errors.E_TOO_MANY_REQUESTS)
    }
    assert.equal((await other.get('meena'))!.limit, 4)
    assert.equal((await one.consume('ravi')).remaining, 3)
  })

  test('let exactly as many through as they say when all ask at once', async ({ assert }) => {
    const stores = workers(3).map(({ store }) => store)
    const asked = Array.from({ length: 30 }, (_, index) => stores[index % 3].consume('meena'))
    const answers = await Promise.allSettled(asked)
    assert.lengthOf(
      answers.filter(({ status }) => status === 'fulfilled'),
      4
    )
  })

  test('are taken back, set, blocked and forgotten together', async ({ assert }) => {
    const [one, other] = workers(2).map(({ store }) => store)
    await one.consume('meena', 4)
    assert.equal((await other.decrement('meena')).remaining, 1)
    assert.equal((await other.set('meena', 2)).remaining, 2)
    assert.isTrue(await one.delete('meena'))
    assert.isFalse(await other.delete('meena'))
    assert.isNull(await one.get('meena'))
    await one.block('meena', '1 minute')
    await assert.rejects(() => other.consume('meena'), errors.E_TOO_MANY_REQUESTS)
  })

  test('are asked for once in a while, and let no more through', async ({ assert }) => {
    const [one, other] = workers(2, { requests: 600, duration: '1 minute' })
    let asked = 0
    for (const { calls } of [one, other]) {
      const make = calls.make.bind(calls)
      calls.make = (call) => (asked++, make(call))
    }
    const stores = [one.store, other.store]
    let [through, refused] = [0, 0]
    for (let request = 0; refused < 2; request++) {
      const passed = await stores[request % 2].consume('meena').then(
        () => true,
        () => false
      )
      if (passed) through++
      else refused++
    }
    assert.equal(through, 600)
    assert.isBelow(asked, 200)
  })

  test('that one does not use are there for the others', async ({ assert }) => {
    const [one, other] = workers(2, { requests: 600, duration: '1 minute' })
    await one.store.consume('meena')
    await eventually(async () => assert.equal((await other.store.get('meena'))!.consumed, 1))
    for (let request = 0; request < 599; request++) await other.store.consume('meena')
    await assert.rejects(() => other.store.consume('meena'), errors.E_TOO_MANY_REQUESTS)
  })

  test('of another kind are counted apart', async ({ assert }) => {
    const [hourly] = workers(1, { requests: 9, duration: '1 hour' })
    const [minutely] = workers(1)
    await hourly.store.consume('meena')
    assert.equal((await minutely.store.consume('meena')).remaining, 3)
    assert.equal(hourly.store.requests, 9)
    assert.equal(hourly.store.duration, 3_600)
  })

  test('still apply when the primary process does not answer', async ({ assert }) => {
    const [{ store, close }] = workers(1)
    await store.consume('meena', 3)
    close()
    for (let time = 0; time < 4; time++) await store.consume('meena')
    await assert.rejects(() => store.consume('meena'), errors.E_TOO_MANY_REQUESTS)
    assert.equal((await store.get('meena'))!.remaining, 0)
    assert.isTrue(await store.delete('meena'))
  })
})
