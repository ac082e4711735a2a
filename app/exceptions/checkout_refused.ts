import { Exception } from '@adonisjs/core/exceptions'

/** The order cannot be placed as it was filled in; the message is about one field of the form. */
export class CheckoutRefused extends Exception {
  static code = 'E_CHECKOUT_REFUSED'
  static status = 422

  /**
   * @param field of the checkout form
   * @param rule key of the message in `checkout.refused`
   * @param amountPaise the amount that the message names
   */
  constructor(
    readonly field: 'fulfilment' | 'payment_method',
    readonly rule: 'below_minimum' | 'no_upi' | 'no_khata' | 'over_limit',
    readonly amountPaise = 0
  ) {
    super(`Checkout refused: ${rule}`)
  }
}
