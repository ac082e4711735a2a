import { test } from '@japa/runner'
import {
  allows,
  FULFILMENTS,
  MISSING_ITEMS_CHOICES,
  OPEN_STATES,
  ORDER_STATES,
  OWNER_VERBS,
  PAYMENT_METHODS,
  PAYMENT_STATES,
  RETURNING_STATES,
  stateBefore,
  TRANSITIONS,
  type OrderState,
  type Verb,
} from '#models/order_state'

/** From which states each verb leads where: delivery, then pick-up. */
const LIFE: Record<Verb, { to: OrderState; delivery: OrderState[]; pickup: OrderState[] }> = {
  accept: { to: 'accepted', delivery: ['placed'], pickup: ['placed'] },
  decline: { to: 'declined', delivery: ['placed'], pickup: ['placed'] },
  pack: { to: 'packed', delivery: ['accepted'], pickup: ['accepted'] },
  send: { to: 'out_for_delivery', delivery: ['packed'], pickup: [] },
  deliver: { to: 'delivered', delivery: ['out_for_delivery'], pickup: ['packed'] },
  cancel: {
    to: 'cancelled',
    delivery: ['placed', 'accepted', 'packed', 'out_for_delivery'],
    pickup: ['placed', 'accepted', 'packed'],
  },
  withdraw: { to: 'cancelled', delivery: ['placed', 'accepted'], pickup: ['placed', 'accepted'] },
  expire: { to: 'expired', delivery: ['placed'], pickup: ['placed'] },
}
const VERBS = Object.keys(LIFE) as Verb[]

test.group('Life of an order', () => {
  test('{$self} leads from the states where it is allowed, and from no other')
    .with(VERBS)
    .run(({ assert }, verb) => {
      assert.equal(TRANSITIONS[verb].to, LIFE[verb].to)
      for (const fulfilment of FULFILMENTS) {
        const from = ORDER_STATES.filter((state) => allows(verb, { state, fulfilment }))
        assert.sameMembers(from, LIFE[verb][fulfilment], fulfilment)
      }
    })

  test('nobody can do anything else', ({ assert }) => {
    assert.sameMembers(Object.keys(TRANSITIONS), VERBS)
    assert.sameMembers(
      [...OWNER_VERBS],
      VERBS.filter((verb) => verb !== 'withdraw' && verb !== 'expire')
    )
  })

  test('the last step can be taken back, a refusal cannot', ({ assert }) => {
    const before = { accepted: 'placed', packed: 'accepted' } as const
    const steps: Record<string, Partial<Record<OrderState, OrderState>>> = {
      delivery: { ...before, out_for_delivery: 'packed', delivered: 'out_for_delivery' },
      pickup: { ...before, delivered: 'packed' },
    }
    for (const fulfilment of FULFILMENTS) {
      for (const state of ORDER_STATES) {
        const expected = steps[fulfilment][state] ?? null
        assert.equal(stateBefore({ state, fulfilment }), expected, `${fulfilment} ${state}`)
      }
    }
  })

  test('every order is either open, delivered, or gives its items back', ({ assert }) => {
    assert.sameMembers([...OPEN_STATES, 'delivered', ...RETURNING_STATES], [...ORDER_STATES])
    for (const state of RETURNING_STATES) {
      for (const fulfilment of FULFILMENTS) {
        assert.isEmpty(VERBS.filter((verb) => allows(verb, { state, fulfilment })))
      }
    }
    const isMoved = (state: OrderState) =>
      VERBS.some((verb) => allows(verb, { state, fulfilment: 'delivery' }))
    assert.sameMembers(ORDER_STATES.filter(isMoved), [...OPEN_STATES])
  })

  test('forms, API and database use the same words', ({ assert }) => {
    assert.deepEqual(FULFILMENTS, ['delivery', 'pickup'])
    assert.deepEqual(PAYMENT_METHODS, ['cash', 'upi', 'khata'])
    assert.deepEqual(MISSING_ITEMS_CHOICES, ['replace', 'leave_out', 'call'])
    const paid = ['due', 'claimed', 'confirmed', 'refund_due', 'refunded', 'on_khata']
    assert.sameMembers([...PAYMENT_STATES], paid)
  })
})
