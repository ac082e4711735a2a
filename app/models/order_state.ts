export const ORDER_STATES = [
  'placed',
  'accepted',
  'packed',
  'out_for_delivery',
  'delivered',
  'declined',
  'cancelled',
  'expired',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

/** States in which the owner has something left to do. */
export const OPEN_STATES = ['placed', 'accepted', 'packed', 'out_for_delivery'] as const

/** Orders that ended before delivery: their items return to stock. */
export const RETURNING_STATES: readonly OrderState[] = ['declined', 'cancelled', 'expired']

export const FULFILMENTS = ['delivery', 'pickup'] as const
export type Fulfilment = (typeof FULFILMENTS)[number]

export const PAYMENT_METHODS = ['cash', 'upi', 'khata'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

export const PAYMENT_STATES = [
  'due',
  'claimed',
  'confirmed',
  'refund_due',
  'refunded',
  'on_khata',
] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]

export const MISSING_ITEMS_CHOICES = ['replace', 'leave_out', 'call'] as const
export type MissingItemsChoice = (typeof MISSING_ITEMS_CHOICES)[number]

/** Owner actions; `cancel` and `decline` need a reason. */
export const OWNER_VERBS = ['accept', 'decline', 'pack', 'send', 'deliver', 'cancel'] as const
export type OwnerVerb = (typeof OWNER_VERBS)[number]
export type Verb = OwnerVerb | 'withdraw' | 'expire'

/** They change nothing but the state, so for ten seconds each can be undone. */
const STEPS = ['accept', 'pack', 'send', 'deliver'] as const

interface Transition {
  to: OrderState
  /** Allowed source states, for delivery and for pick-up. */
  from: Record<Fulfilment, readonly OrderState[]>
}

const either = (...from: OrderState[]) => ({ delivery: from, pickup: from })

export const TRANSITIONS: Record<Verb, Transition> = {
  accept: { to: 'accepted', from: either('placed') },
  decline: { to: 'declined', from: either('placed') },
  pack: { to: 'packed', from: either('accepted') },
  send: { to: 'out_for_delivery', from: { delivery: ['packed'], pickup: [] } },
  deliver: { to: 'delivered', from: { delivery: ['out_for_delivery'], pickup: ['packed'] } },
  cancel: {
    to: 'cancelled',
    from: {
      delivery: ['placed', 'accepted', 'packed', 'out_for_delivery'],
      pickup: ['placed', 'accepted', 'packed'],
    },
  },
  /** The customer cancels, until the order is packed. */
  withdraw: { to: 'cancelled', from: either('placed', 'accepted') },
  /** The shop did not accept in time. */
  expire: { to: 'expired', from: either('placed') },
}

export function allows(
  verb: Verb,
  { state, fulfilment }: { state: OrderState; fulfilment: Fulfilment }
) {
  return TRANSITIONS[verb].from[fulfilment].includes(state)
}

/** Where an order was before its step to this state; null when no step leads there. */
export function stateBefore({
  state,
  fulfilment,
}: {
  state: OrderState
  fulfilment: Fulfilment
}): OrderState | null {
  const step = STEPS.find((verb) => TRANSITIONS[verb].to === state)
  return (step && TRANSITIONS[step].from[fulfilment][0]) ?? null
}
