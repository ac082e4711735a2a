import { Exception } from '@adonisjs/core/exceptions'

/** What a program asked of an order cannot be; the message says why. */
export class OrderRefused extends Exception {
  static code = 'E_ORDER_REFUSED'

  /** @param status 400 for what can never be, 409 for what could have been a moment ago */
  constructor(message: string, status: 400 | 409 | 422, cause?: unknown) {
    super(message, { status, cause })
  }
}
