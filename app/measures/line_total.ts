import { perOf, STANDARDS, type Goods } from '#measures/goods'

/** Paise of a line, rounded half up. The same as `line_paise` of the database. */
export function lineTotal({
  pricePaise,
  quantity,
  ...goods
}: Pick<Goods, 'soldAs' | 'netQuantity'> & { pricePaise: number; quantity: number }) {
  return halfUp(pricePaise * quantity, perOf(goods))
}

/** Paise per kg, l, m or piece, rounded half up. */
export function unitPriceOf({
  pricePaise,
  measure,
  netQuantity,
}: Pick<Goods, 'measure' | 'netQuantity'> & { pricePaise: number }) {
  return halfUp(pricePaise * STANDARDS[measure].comparedSize, netQuantity)
}

/** Exact for the prices and quantities that the database takes. */
function halfUp(numerator: number, denominator: number) {
  const whole = Math.floor(numerator / denominator)
  return whole + (2 * (numerator - whole * denominator) >= denominator ? 1 : 0)
}
