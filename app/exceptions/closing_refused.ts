import { Exception } from '@adonisjs/core/exceptions'
import type { ShopStanding } from '#models/shop_standing'

/** The shop still has obligations to customers. */
export class ClosingRefused extends Exception {
  static code = 'E_CLOSING_REFUSED'
  static status = 409

  constructor(readonly standing: ShopStanding) {
    super(`The shop has ${reasons(standing).join(', and ')}`)
  }
}

function reasons({ openOrders, refunds, owed, ahead }: ShopStanding) {
  return [
    ...(openOrders > 0 ? ['open orders'] : []),
    ...(refunds.count > 0 ? ['money to give back'] : []),
    ...(owed.count + ahead.count > 0 ? ['a khata that is not settled'] : []),
  ]
}
