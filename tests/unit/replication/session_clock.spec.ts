import { test } from '@japa/runner'
import { later, SessionClock, type CachedValue } from '#replication/session_clock'

const cached = (data: unknown): CachedValue => ({ data, isCurrent: () => true })

test.group('Minimum position of a session', () => {
  test('a session that has written and seen nothing needs none', ({ assert }) => {
    const clock = new SessionClock(null, null)
    assert.equal(clock.needed, 0n)
    assert.equal(clock.seen, 0n)
  })

  test('it is the later of what the session has written and what it has seen', ({ assert }) => {
    assert.equal(new SessionClock(20n, 10n).needed, 20n)
    assert.equal(new SessionClock(10n, 20n).needed, 20n)
    assert.equal(new SessionClock(20n, 10n).seen, 10n)
  })

  test('what is seen or written moves it forward, never back', ({ assert }) => {
    const clock = new SessionClock(10n, 10n)
    clock.saw(30n)
    assert.equal(clock.seen, 30n)
    assert.equal(clock.needed, 30n)
    clock.saw(20n)
    assert.equal(clock.seen, 30n)
    clock.wrote(40n)
    assert.equal(clock.needed, 40n)
    assert.equal(clock.seen, 30n, 'a replica has not shown it')
    clock.wrote(20n)
    assert.equal(clock.needed, 40n)
  })

  test('the answer depends on every cached value that was shown', ({ assert }) => {
    const clock = new SessionClock(null, null)
    assert.deepEqual(clock.values, [])
    const [shop, products, texts] = [cached('shop'), cached('products'), cached('texts')]
    clock.saw(1n, shop)
    clock.dependsOn(texts)
    clock.saw(1n, products)
    assert.deepEqual(clock.values, [shop, texts, products])
  })

  test('the answer cannot be kept once something came from no cache', ({ assert }) => {
    const clock = new SessionClock(null, null)
    clock.saw(1n, cached('shop'))
    clock.saw(1n)
    assert.isNull(clock.values)
    clock.saw(1n, cached('products'))
    assert.isNull(clock.values)
  })

  test('of two positions the later is the larger', ({ assert }) => {
    assert.equal(later(1n, 2n), 2n)
    assert.equal(later(2n, 1n), 2n)
    assert.equal(later(2n, 2n), 2n)
  })
})
