import fc from 'fast-check'
import { PAYMENT_METHODS } from '#models/order_state'

/** Most orders go their way. */
const VERBS = [
  'accept',
  'accept',
  'accept',
  'pack',
  'pack',
  'send',
  'deliver',
  'decline',
  'cancel',
] as const

export const CUSTOMERS = 2
export const PRODUCTS = 4
/** A scale says at most so many percent more than was ordered. */
export const HEAVIEST = 125

const customer = fc.nat({ max: CUSTOMERS - 1 })
const product = fc.nat({ max: PRODUCTS - 1 })
/** Index of an existing order, modulo their number. */
const order = fc.nat({ max: 9 })
/** How often a form is submitted, concurrently. */
const copies = fc.constantFrom(1, 1, 2, 3)

/** Possible steps of the customers and the owner of a shop, in random order. */
export const tradeStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      customer,
      product,
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('checkOut' as const),
      customer,
      method: fc.constantFrom(...PAYMENT_METHODS),
      copies,
    }),
  },
  fc.record({ do: fc.constant('openEdit' as const), product }),
  fc.record({ do: fc.constant('saveEdit' as const), rupees: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    do: fc.constant('changeStock' as const),
    product,
    by: fc.integer({ min: -6, max: 12 }),
  }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      order,
      verb: fc.constantFrom(...VERBS),
      copies,
    }),
  },
  fc.record({ do: fc.constant('withdraw' as const), order, copies }),
  fc.record({ do: fc.constant('leaveOut' as const), order, item: product, copies }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('weigh' as const),
      order,
      item: product,
      percent: fc.integer({ min: 75, max: HEAVIEST }),
      copies,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      order,
      item: product,
      answer: fc.constantFrom('agree', 'keep'),
      copies,
    }),
  },
  fc.record({ do: fc.constant('claim' as const), order, copies }),
  fc.record({ do: fc.constant('confirm' as const), order, copies }),
  fc.record({ do: fc.constant('dispute' as const), order, copies }),
  fc.record({ do: fc.constant('refund' as const), order, copies }),
  fc.record({
    do: fc.constant('settle' as const),
    customer,
    rupees: fc.integer({ min: 1, max: 40 }),
    copies,
  })
)

export type TradeStep = typeof tradeStep extends fc.Arbitrary<infer Step> ? Step : never
