import { Exception } from '@adonisjs/core/exceptions'
import type Order from '#models/order'
import type { OrderState } from '#models/order_state'

/** The transition is not possible: another request was faster, or it never was. */
export class TransitionRefused extends Exception {
  static code = 'E_TRANSITION_REFUSED'
  static status = 409

  /** Message key. */
  readonly says: string = 'orders.too_late'
  readonly number: number
  readonly state: OrderState

  /** @param to the state that the transition leads to; the order may be in it already */
  constructor(
    order: Order,
    wanted: string,
    readonly to: OrderState | null = null,
    options?: ErrorOptions
  ) {
    super(`Order ${order.number} no longer allows "${wanted}"`, options)
    this.number = order.number
    this.state = order.state
  }

  get isAlreadySo() {
    return this.state === this.to
  }
}
