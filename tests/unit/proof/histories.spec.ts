import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { OrderHistory } from '#tests/proof/history/orders'
import { ShopPages, Shown } from '#tests/proof/history/pages'
import { SessionHistory } from '#tests/proof/history/session'
import { Tally } from '#tests/proof/history/tally'

/** Made at a time by a server, and answered a millisecond later. */
const act = (asked: number, server = 0) =>
  ({ form: 'html', server, asked, answered: asked + 1 }) as const

function shopAt(version: number) {
  const shop = new ShopPages('shop', ['one', 'two'])
  for (let next = 1; next <= version; next++) {
    shop.prices[0].sent = next
    shop.acknowledge('prices', 0, next, 100 * next)
  }
  return shop
}

const showing = (shop: ShopPages, price: number) => {
  const shown = new Shown([price, 0], null)
  shop.age(shown)
  return shown
}

test.group('What a session was shown', () => {
  test('is right while it grows', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(3)]
    const session = new SessionHistory('guest', tally)
    for (const [at, price] of [1, 1, 2, 3].entries())
      session.read(shop, showing(shop, price), act(at))
    assert.equal(tally.wrong, 0)
    assert.equal(tally.reads, 4)
    assert.equal(tally.values, 8)
  })

  test('must have its own write', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(3)]
    const session = new SessionHistory('owner 1', tally)
    session.wrote(shop, 'prices', 0, 3, act(10))
    session.read(shop, showing(shop, 2), act(20, 1))
    assert.equal(tally.staleOwnWrites, 1)
    assert.match(tally.examples[0], /^owner 1, product 1 of shop shop: its own write is missing\n/)
    assert.match(tally.examples[0], /10.0 to 11.0 ms, html by server 1: wrote price number 3\n/)
    assert.match(tally.examples[0], /20.0 to 21.0 ms, html by server 2: was shown price number 2$/)
  })

  test('must not be older than what it was shown before', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(3)]
    const session = new SessionHistory('guest', tally)
    session.read(shop, showing(shop, 2), act(10))
    session.read(shop, showing(shop, 1), act(20, 1))
    assert.equal(tally.nonMonotonicReads, 1)
    assert.lengthOf(tally.examples[0].split('\n'), 3)
  })

  test('may be older in another session', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(3)]
    const session = new SessionHistory('guest', tally)
    session.read(shop, showing(shop, 2), act(10))
    session.begin('guest, session 2')
    session.read(shop, showing(shop, 1), act(20))
    assert.equal(tally.wrong, 0)
  })

  test('must have been written', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(3)]
    new SessionHistory('guest', tally).read(shop, showing(shop, 4), act(10))
    assert.equal(tally.invented, 1)
  })

  test('is wrong once, however many of its values are', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(0)]
    new SessionHistory('guest', tally).read(shop, new Shown([7, 7], [7, 7]), act(10))
    assert.equal(tally.wrong, 1)
  })
})

test.group('How old what was shown is', () => {
  test('counts from when something newer was acknowledged', ({ assert }) => {
    const [tally, shop] = [new Tally(), shopAt(2)]
    const session = new SessionHistory('guest', tally)
    session.read(shop, showing(shop, 1), act(150))
    session.read(shop, showing(shop, 1), act(260))
    assert.equal(tally.longestStaleness, 60)
    assert.equal(tally.staleness[0], 1)
    assert.equal(
      tally.staleness.reduce((sum, count) => sum + count),
      2
    )
  })

  test('grows for bodies that are known already', ({ assert }) => {
    const shop = shopAt(1)
    const list = [
      { id: 'one', price: 10.01, base_stock: 500_000 },
      { id: 'two', price: 10, base_stock: 499_999 },
    ]
    const body = gzipSync(JSON.stringify(list))
    const shown = shop.shownBy('json', body, true)
    assert.deepEqual(shown.prices, [1, 0])
    assert.deepEqual(shown.bought, [0, 1])
    assert.equal(shown.staleSince, Number.POSITIVE_INFINITY)
    shop.acknowledge('prices', 0, 2, 700)
    assert.strictEqual(shop.shownBy('json', Buffer.from(body), true), shown)
    assert.equal(shown.staleSince, 700)
  })

  test('cannot be told of a page without all products', ({ assert }) => {
    const list = JSON.stringify([{ id: 'one', price: 10, base_stock: 1 }])
    assert.throws(() => shopAt(0).shownBy('json', Buffer.from(list), false), /shows 1 of/)
  })
})

test.group('Orders', () => {
  function history() {
    const orders = new OrderHistory()
    orders.sent('key 1', 'asha')
    orders.confirmed('key 1', 'a')
    orders.sent('key 2', 'ravi')
    orders.confirmed('key 2', 'b')
    orders.sent('key 3', 'ravi')
    orders.refused('key 3')
    return orders
  }
  const stored = (...pairs: [string, string][]) => pairs.map(([id, customer]) => ({ id, customer }))

  test('that were confirmed are there once', ({ assert }) => {
    assert.isEmpty(history().problems(stored(['a', 'asha'], ['b', 'ravi'], ['x', 'of no run'])))
  })

  test('that are lost are found', ({ assert }) => {
    assert.deepEqual(history().problems(stored(['a', 'asha'])), ['lost: b, confirmed for key 2'])
  })

  test('that are there twice are found', ({ assert }) => {
    const problems = history().problems(stored(['a', 'asha'], ['b', 'ravi'], ['c', 'ravi']))
    assert.deepEqual(problems, ['double, or sent by nobody: c'])
  })

  test('with two numbers for one key are found', ({ assert }) => {
    const orders = history()
    orders.confirmed('key 1', 'c')
    const problems = orders.problems(stored(['a', 'asha'], ['b', 'ravi'], ['c', 'asha']))
    assert.deepEqual(problems, ['one key, two orders: key 1 is a and c'])
  })

  test('that were not answered may be there once', ({ assert }) => {
    const orders = history()
    orders.sent('key 4', 'asha')
    const known = stored(['a', 'asha'], ['b', 'ravi'])
    assert.isEmpty(orders.problems(known))
    assert.isEmpty(orders.problems([...known, ...stored(['d', 'asha'])]))
    assert.lengthOf(orders.problems([...known, ...stored(['d', 'asha'], ['e', 'asha'])]), 1)
  })
})
