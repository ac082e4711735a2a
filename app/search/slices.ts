import { MEASURES, STANDARDS, type Measure, type SoldAs } from '#measures/goods'
import { HOME } from '#search/filters'
import type { ReadQuery } from '#search/search_index'

/** Goods of one name that are looked up apart, so that cheaper ones do not crowd them out; cheapest first. */
export interface Slice {
  by: 'price_paise' | 'unit_price_paise'
  measure?: Measure
  soldAs?: SoldAs
  netQuantity?: number
  /** Base units that loose goods can be sold in. */
  portion?: number
  country?: string
}

const ANY: Slice = { by: 'price_paise' }

/** @param measures those that goods found may have */
export function slicesOf(
  { order, amount }: Pick<ReadQuery, 'order' | 'amount'>,
  measures: readonly Measure[] = MEASURES
): Slice[] {
  if (order === 'unit_price')
    return measures.map((measure) => ({ by: 'unit_price_paise' as const, measure }))
  if (order === 'country') return [{ ...ANY, country: HOME }, ANY]
  if (order === 'price' || !amount) return [ANY]
  const { measure, baseUnits } = amount
  const wanted = { by: 'unit_price_paise' as const, measure }
  const loose = { netQuantity: STANDARDS[measure].priceUnitSize, portion: baseUnits }
  return [
    { ...wanted, soldAs: 'packed', netQuantity: baseUnits },
    { ...wanted, soldAs: 'loose', ...loose },
    ANY,
  ]
}
