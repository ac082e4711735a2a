import { Exception } from '@adonisjs/core/exceptions'
import type Order from '#models/order'

/** Cart lines that were already ordered from another tab; the customer decides about the rest. */
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
