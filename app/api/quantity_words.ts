import { isLoose, STANDARDS, type Goods } from '#measures/goods'
import { baseUnitOf, priceUnitOf } from '#measures/price_units'

/** Base units in words: `500 g`, `1.5 kg`, `12 pieces`. */
export function wordsFor(quantity: number, { measure }: Pick<Goods, 'measure'>) {
  if (measure === 'pieces') return quantity === 1 ? '1 piece' : `${quantity} pieces`
  const { baseUnit, priceUnit, priceUnitSize } = STANDARDS[measure]
  return quantity < priceUnitSize
    ? `${quantity} ${baseUnit}`
    : `${quantity / priceUnitSize} ${priceUnit}`
}

/** `3` packs, or `500 g` of loose goods. */
export function quantityWords(quantity: number, goods: Goods) {
  return isLoose(goods) ? wordsFor(quantity, goods) : `${quantity}`
}

/** Says why a quantity is between two. */
export function notWhole(goods: Goods) {
  return isLoose(goods)
    ? `must be ${priceUnitOf(goods)} that are a whole number of ${baseUnitOf(goods)}`
    : 'must be a whole number of packs'
}
