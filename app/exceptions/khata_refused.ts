import { Exception } from '@adonisjs/core/exceptions'

/** The khata's current state does not allow it. */
export class KhataRefused extends Exception {
  static code = 'E_KHATA_REFUSED'
  static status = 409

  /** @param rule key in `khata.refused` */
  constructor(
    readonly rule: 'not_even' | 'open_orders' | 'closed' | 'not_reversible' | 'mobile_taken'
  ) {
    super(`Khata refused: ${rule}`)
  }
}
