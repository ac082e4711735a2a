import { errors } from '@vinejs/vine'
import { OVER_LIMIT } from '#api/weigh'
import type { CheckoutRefused, Refusal } from '#exceptions/checkout_refused'
import { OrderRefused } from '#exceptions/order_refused'

const OF_PIN = {
  outside: 'The shop does not deliver there',
  no_pin: 'The PIN code is missing: the shop delivers only in its area',
  pin_differs: 'The address has another PIN code',
}

const REFUSALS = {
  address_gone: 'The address was removed',
  too_many_open: 'The customer has too many open orders at this shop',
  below_minimum: 'The items are below the minimum order value for delivery',
  no_upi: 'The shop does not accept UPI',
  no_khata: 'The customer has no khata at this shop',
  over_limit: OVER_LIMIT,
  slot_gone: 'The delivery slot is not offered',
  slot_full: 'The delivery slot is full',
}

/** What the shop does not accept, as the API says it: at the field `pin_code`, or with this status. */
export function refusedCheckout(error: CheckoutRefused, status: 400 | 409) {
  const { field, rule } = error
  if (!isOfPin(rule)) return new OrderRefused(REFUSALS[rule], status, error)
  const refusal = { field, rule, message: OF_PIN[rule] }
  return new errors.E_VALIDATION_ERROR([refusal], { cause: error })
}

function isOfPin(rule: Refusal): rule is keyof typeof OF_PIN {
  return rule in OF_PIN
}
