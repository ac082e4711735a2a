import { Exception } from '@adonisjs/core/exceptions'
import type { OfferChange } from '#orders/offer'

/** What is there now is worse than what the customer agreed to; they see how and decide. */
export class CheckoutChanged extends Exception {
  static code = 'E_CHECKOUT_CHANGED'
  static status = 409

  constructor(readonly changes: OfferChange[]) {
    super(`Checkout changed: ${changes.map(({ kind }) => kind).join(', ')}`)
  }
}
