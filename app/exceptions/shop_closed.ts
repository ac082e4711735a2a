import { Exception } from '@adonisjs/core/exceptions'

/** The shop has closed, and takes no orders. */
export class ShopClosed extends Exception {
  static code = 'E_SHOP_CLOSED'
  static status = 409
  static message = 'The shop has closed'
}
