import { Exception } from '@adonisjs/core/exceptions'
import type { OfferChange } from '#orders/offer'

/** The current offer is worse than the accepted one; the customer sees the changes and decides. */
export class CheckoutChanged extends Exception {
  static code = 'E_CHECKOUT_CHANGED'
  static status = 409

  constructor(readonly changes: OfferChange[]) {
    super(`Checkout changed: ${changes.map(({ kind }) => kind).join(', ')}`)
  }
}
