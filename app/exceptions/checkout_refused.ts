import { Exception } from '@adonisjs/core/exceptions'

/** The order cannot be placed as it was filled in; the message is about one field of the form. */
export class CheckoutRefused extends Exception {
  static code = 'E_CHECKOUT_REFUSED'
  static status = 422

  /**
   * @param field of the checkout form
   * @param rule key of the message in `checkout.refused`
   * @param amount what the message names: paise, or how many orders
   */
  constructor(
    readonly field: 'items' | 'fulfilment' | 'payment_method',
    readonly rule: 'too_many_open' | 'below_minimum' | 'no_upi' | 'no_khata' | 'over_limit',
    readonly amount = 0
  ) {
    super(`Checkout refused: ${rule}`)
  }
}
