import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import { CircuitBreaker } from '#caches/circuit_breaker'

test.group('Circuit breaker', () => {
  test('leaves alone what failed, and says why', async ({ assert }) => {
    const breaker = new CircuitBreaker(60_000)
    const failing = () => Promise.reject(new Error('away'))
    await assert.rejects(() => breaker.run(failing), 'away')
    let tried = false
    const work = async () => {
      tried = true
    }
    await assert.rejects(() => breaker.run(work), 'away')
    assert.isFalse(tried)
  })

  test('after the pause lets one try for all, and everybody once that went well', async ({
    assert,
  }) => {
    const breaker = new CircuitBreaker(50)
    await assert.rejects(() => breaker.run(() => Promise.reject(new Error('away'))))
    await delay(60)
    const { promise, resolve } = Promise.withResolvers<string>()
    const first = breaker.run(() => promise)
    await assert.rejects(() => breaker.run(async () => 'second'), 'away')
    resolve('first')
    assert.equal(await first, 'first')
    assert.equal(await breaker.run(async () => 'third'), 'third')
  })
})
