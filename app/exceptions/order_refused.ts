import { Exception } from '@adonisjs/core/exceptions'

/** An API request for an order cannot be fulfilled; the message says why. */
export class OrderRefused extends Exception {
  static code = 'E_ORDER_REFUSED'

  /** @param status 400 when it can never succeed, 409 when circumstances changed */
  constructor(message: string, status: 400 | 409 | 422, cause?: unknown) {
    super(message, { status, cause })
  }
}
