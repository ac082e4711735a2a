import { Exception } from '@adonisjs/core/exceptions'
import type Order from '#models/order'

/** The order cannot be moved so: somebody else was quicker, or it never could. */
export class TransitionRefused extends Exception {
  static code = 'E_TRANSITION_REFUSED'
  static status = 409

  constructor(order: Order, wanted: string) {
    super(`Order ${order.number} cannot take "${wanted}" any more`)
  }
}
