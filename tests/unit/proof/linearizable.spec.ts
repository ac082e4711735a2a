import { test } from '@japa/runner'
import { contradictionIn, type Call } from '#tests/proof/history/linearizable'
import {
  khataStep,
  stockStep,
  type KhataOperation,
  type StockOperation,
} from '#tests/proof/history/models'

/** A call from one time to another. */
const call = <Operation>(
  invoked: number,
  returned: number,
  operation: Operation,
  isUnknown = false
): Call<Operation> => ({ invoked, returned, operation, isUnknown })

const take = (quantity: number) => ({ did: 'take', quantity }) as const
const read = (stock: number) => ({ did: 'read', stock }) as const

const stock = (calls: Call<StockOperation>[], initial = 3) =>
  contradictionIn<StockOperation, number>(calls, initial, stockStep)

test.group('A stock', () => {
  test('may be explained by any order of calls that cross', ({ assert }) => {
    const crossing = [call(0, 9, take(1)), call(1, 8, take(2)), call(2, 3, read(1))]
    assert.isNull(stock(crossing))
    assert.isNull(stock([call(0, 9, take(1)), call(1, 2, read(3)), call(3, 4, read(2))]))
  })

  test('that was sold twice is found', ({ assert }) => {
    const found = stock([call(0, 2, take(2)), call(1, 3, take(2))])!
    assert.lengthOf(found.calls, 2)
    assert.deepEqual(found.states, [3])
  })

  test('of which a sale was lost is found, with no more than what shows it', ({ assert }) => {
    const found = stock([call(0, 1, take(1)), call(2, 3, read(2)), call(4, 5, read(3))])!
    assert.deepEqual(found, { calls: [call(4, 5, read(3))], states: [2] })
  })

  test('that goes back while a sale is under way is found', ({ assert }) => {
    assert.isNotNull(stock([call(0, 9, take(1)), call(1, 2, read(2)), call(3, 4, read(3))]))
  })

  test('that was refused although it was there is found', ({ assert }) => {
    const short = { did: 'short', quantity: 2, left: 1 } as const
    assert.isNotNull(stock([call(0, 1, short)]))
    assert.isNull(stock([call(0, 5, take(2)), call(1, 2, short)]))
  })

  test('to which something was added says what it was then', ({ assert }) => {
    const add = (after: number) => ({ did: 'add', quantity: 2, after }) as const
    assert.isNull(stock([call(0, 3, take(1)), call(1, 2, add(5)), call(4, 5, read(4))]))
    assert.isNotNull(stock([call(0, 1, take(1)), call(2, 3, add(5))]))
  })

  test('may or may not have got what was not answered', ({ assert }) => {
    const lost = call(0, 2, { did: 'add', quantity: 2, after: null } as const, true)
    assert.isNull(stock([lost, call(3, 4, read(3))]))
    assert.isNull(stock([lost, call(3, 4, read(5))]))
    assert.isNotNull(stock([lost, call(3, 4, read(3)), call(5, 6, read(5))]))
  })

  test('is checked fast in a long history with several at a time', ({ assert }) => {
    const calls = Array.from({ length: 1_000 }, (_, at) => call(at, at + 6.5, take(1)))
    for (let at = 100; at < 1_000; at += 100) calls.splice(at, 1)
    assert.isNull(stock(calls, 1_000))
  }).timeout(20_000)
})

test.group('A khata', () => {
  const khata = (calls: Call<KhataOperation>[]) =>
    contradictionIn<KhataOperation, number>(calls, 0, khataStep(1_000))
  const charge = (paise: number) => ({ did: 'charge', paise }) as const

  test('is never above its limit', ({ assert }) => {
    assert.isNull(khata([call(0, 3, charge(600)), call(1, 2, charge(400))]))
    assert.isNotNull(khata([call(0, 3, charge(600)), call(1, 2, charge(500))]))
  })

  test('of which a payment was counted twice is found', ({ assert }) => {
    const settled = call(2, 3, { did: 'settle', paise: 200 } as const)
    const owed = (paise: number) => call(4, 5, { did: 'read', paise } as const)
    assert.isNull(khata([call(0, 1, charge(600)), settled, owed(400)]))
    assert.isNotNull(khata([call(0, 1, charge(600)), settled, owed(200)]))
  })

  test('refuses what is too much, and nothing else', ({ assert }) => {
    assert.isNotNull(khata([call(0, 1, { did: 'over the limit', paise: 900 })]))
    assert.isNull(khata([call(0, 1, { did: 'more than owed', paise: 1 })]))
  })
})
