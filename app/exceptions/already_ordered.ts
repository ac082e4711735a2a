import { Exception } from '@adonisjs/core/exceptions'
import type Order from '#models/order'

/** Lines of the cart that were ordered from another page; the customer decides about the rest. */
export class AlreadyOrdered extends Exception {
  static code = 'E_ALREADY_ORDERED'
  static status = 409

  constructor(
    readonly orders: Order[],
    readonly cartLines: string[]
  ) {
    super(`Ordered already: ${orders.map(({ number }) => number).join(', ')}`)
  }
}
