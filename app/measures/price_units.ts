import { isLoose, perOf, STANDARDS, type Goods } from '#measures/goods'

/** What quantities of these goods count. */
export function baseUnitOf(goods: Goods) {
  return isLoose(goods) ? STANDARDS[goods.measure].baseUnit : ('pack' as const)
}

/** What their price is for. */
export function priceUnitOf(goods: Goods) {
  return isLoose(goods) ? STANDARDS[goods.measure].priceUnit : 'pack'
}

/** Price units, such as 0.25 kg, of packs or base units. */
export function toPriceUnits(quantity: number, goods: Goods) {
  return quantity / perOf(goods)
}

/** Packs or base units of these price units; null between two. */
export function fromPriceUnits(quantity: number, goods: Goods): number | null {
  const exact = quantity * perOf(goods)
  const whole = Math.round(exact)
  return Math.abs(exact - whole) < 1e-6 ? whole : null
}
