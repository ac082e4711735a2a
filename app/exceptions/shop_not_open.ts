import { Exception } from '@adonisjs/core/exceptions'

/** The shop takes no orders at this hour; with a delivery slot it may. */
export class ShopNotOpen extends Exception {
  static code = 'E_SHOP_NOT_OPEN'
  static status = 409
  static message = 'The shop takes no orders at this hour'
}
