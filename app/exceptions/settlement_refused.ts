import { Exception } from '@adonisjs/core/exceptions'

/** The payment exceeds the amount owed. */
export class SettlementRefused extends Exception {
  static code = 'E_SETTLEMENT_REFUSED'
  static status = 422

  constructor(readonly owedPaise: number) {
    super(`Only ${owedPaise} paise are owed`)
  }
}
