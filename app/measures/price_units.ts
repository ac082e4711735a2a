import { isLoose, MEASURES, perOf, STANDARDS, type Goods } from '#measures/goods'

/** What quantities can count. */
export const BASE_UNITS = ['pack', 'g', 'ml', 'cm', 'piece'] as const
export type BaseUnit = (typeof BASE_UNITS)[number]

/** What quantities of these goods count. */
export function baseUnitOf(goods: Pick<Goods, 'measure' | 'soldAs'>): BaseUnit {
  return isLoose(goods) ? STANDARDS[goods.measure].baseUnit : 'pack'
}

/** Whether a page that counts in this unit means these goods; pages of packed goods do not say it. */
export function isCountedIn(goods: Goods, unit: BaseUnit = 'pack') {
  return baseUnitOf(goods) === unit
}

/** Goods that are counted in this unit; of packed ones nothing else is known. */
export function goodsIn(unit: BaseUnit = 'pack'): Goods {
  const measure = MEASURES.find((known) => STANDARDS[known].baseUnit === unit)
  if (!measure) return { measure: 'pieces', soldAs: 'packed', netQuantity: 1 }
  return { measure, soldAs: 'loose', netQuantity: STANDARDS[measure].priceUnitSize }
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
