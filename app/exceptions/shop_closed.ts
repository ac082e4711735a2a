import { Exception } from '@adonisjs/core/exceptions'

export class ShopClosed extends Exception {
  static code = 'E_SHOP_CLOSED'
  static status = 409
  static message = 'The shop has closed'
}
