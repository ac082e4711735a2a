import { Exception } from '@adonisjs/core/exceptions'

/** A sale at the counter is not possible like this, or can no longer be undone. */
export class SaleRefused extends Exception {
  static code = 'E_SALE_REFUSED'
  static status = 422

  /**
   * @param rule key in `counter.refused`
   * @param leftPaise what the khata's limit still allows
   * @param product at whose field it is said
   */
  constructor(
    readonly rule:
      | 'nothing'
      | 'too_much'
      | 'unread'
      | 'unread_loose'
      | 'gone'
      | 'over_limit'
      | 'khata_closed'
      | 'shop_closed'
      | 'too_late',
    readonly about: { leftPaise?: number; productId?: string } = {}
  ) {
    super(`Counter sale refused: ${rule}`)
  }
}
