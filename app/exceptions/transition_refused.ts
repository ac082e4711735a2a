import { Exception } from '@adonisjs/core/exceptions'
import type Order from '#models/order'

/** The transition is not possible: another request was faster, or it never was. */
export class TransitionRefused extends Exception {
  static code = 'E_TRANSITION_REFUSED'
  static status = 409

  constructor(order: Order, wanted: string) {
    super(`Order ${order.number} no longer allows "${wanted}"`)
  }
}
