import { Exception } from '@adonisjs/core/exceptions'

/** The weight cannot be charged; shown at its field. */
export class WeightRefused extends Exception {
  static code = 'E_WEIGHT_REFUSED'
  static status = 422

  /**
   * @param rule key in `weights.refused`
   * @param amount value in the message: base units in stock, or paise left on the khata
   */
  constructor(
    readonly rule: 'short' | 'over_limit' | 'changed' | 'worthless',
    readonly amount = 0
  ) {
    super(`Weight refused: ${rule}`)
  }
}
