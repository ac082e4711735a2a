import { Exception } from '@adonisjs/core/exceptions'

export type Refusal =
  | 'too_many_open'
  | 'below_minimum'
  | 'no_upi'
  | 'no_khata'
  | 'over_limit'
  | 'slot_gone'
  | 'slot_full'
  | 'outside'
  | 'no_pin'
  | 'pin_differs'
  | 'address_gone'

/** The shop does not accept the order as filled in; shown at a field of the form. */
export class CheckoutRefused extends Exception {
  static code = 'E_CHECKOUT_REFUSED'
  static status = 422

  /**
   * @param field of the checkout form
   * @param rule key in `checkout.refused`
   * @param amount value in the message: paise or number of orders
   */
  constructor(
    readonly field: 'items' | 'fulfilment' | 'payment_method' | 'pin_code' | 'address_id' | 'slot',
    readonly rule: Refusal,
    readonly amount = 0
  ) {
    super(`Checkout refused: ${rule}`)
  }
}
