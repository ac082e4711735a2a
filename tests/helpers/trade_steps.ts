import fc from 'fast-check'
import { PAYMENT_METHODS } from '#models/order_state'

const VERBS = ['accept', 'decline', 'pack', 'send', 'deliver', 'cancel'] as const

export const CUSTOMERS = 2
export const PRODUCTS = 3

const customer = fc.nat({ max: CUSTOMERS - 1 })
const product = fc.nat({ max: PRODUCTS - 1 })
/** Index of an existing order, modulo their number. */
const order = fc.nat({ max: 9 })
/** How often a form is submitted, concurrently. */
const copies = fc.constantFrom(1, 1, 2, 3)

/** Possible steps of the customers and the owner of a shop, in random order. */
export const tradeStep = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    customer,
    product,
    quantity: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    do: fc.constant('checkOut' as const),
    customer,
    method: fc.constantFrom(...PAYMENT_METHODS),
    copies,
  }),
  fc.record({ do: fc.constant('openEdit' as const), product }),
  fc.record({ do: fc.constant('saveEdit' as const), rupees: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    do: fc.constant('changeStock' as const),
    product,
    by: fc.integer({ min: -6, max: 12 }),
  }),
  fc.record({ do: fc.constant('move' as const), order, verb: fc.constantFrom(...VERBS), copies }),
  fc.record({ do: fc.constant('withdraw' as const), order, copies }),
  fc.record({ do: fc.constant('leaveOut' as const), order, item: product, copies }),
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
