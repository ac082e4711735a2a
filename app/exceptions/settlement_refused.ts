import { Exception } from '@adonisjs/core/exceptions'

/** More was to be paid back than is owed. */
export class SettlementRefused extends Exception {
  static code = 'E_SETTLEMENT_REFUSED'
  static status = 422

  constructor(readonly owedPaise: number) {
    super(`Only ${owedPaise} paise are owed`)
  }
}
