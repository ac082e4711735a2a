import { errors } from '@vinejs/vine'
import { notWhole } from '#api/quantity_words'
import type { Goods } from '#measures/goods'
import { fromPriceUnits } from '#measures/price_units'

export interface SentQuantity {
  quantity?: number
  base_quantity?: number
}

/**
 * Packs or base units of a quantity that is sent in price units, in base units, or in both when they agree.
 *
 * @param at where the fields are, such as `items.0.`
 * @throws E_VALIDATION_ERROR
 */
export function sentQuantity(
  { quantity, base_quantity: base }: SentQuantity,
  goods: Goods,
  at = ''
): number | undefined {
  const units = quantity === undefined ? undefined : fromPriceUnits(quantity, goods)
  if (units === null) throw invalid(`${at}quantity`, `The quantity ${notWhole(goods)}`)
  if (units !== undefined && base !== undefined && units !== base) {
    throw invalid(`${at}base_quantity`, 'quantity and base_quantity differ: send one of them')
  }
  return base ?? units
}

function invalid(field: string, message: string) {
  return new errors.E_VALIDATION_ERROR([{ field, rule: 'goods', message }])
}
