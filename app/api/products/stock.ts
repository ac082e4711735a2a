import { refused } from '#api/products/refused'
import { notWhole } from '#api/quantity_words'
import { isCountedAlike, largestStock, type Goods } from '#measures/goods'
import { baseUnitOf, fromPriceUnits } from '#measures/price_units'

export interface GivenStock {
  stock?: number
  base_stock?: number
  stock_change?: number
  base_stock_change?: number
}

/** In packs or base units. @throws E_VALIDATION_ERROR */
export function stockAfter(
  given: GivenStock,
  goods: Goods,
  before: (Goods & { stock: number }) | null
): number {
  const known = before && isCountedAlike(before, goods) ? before.stock : null
  const stated = sent(given, ['stock', 'base_stock'], goods, known)
  const to = stated ?? known
  if (to === null) {
    throw refused(
      'stock',
      `Send the stock too: it is counted in another unit, ${baseUnitOf(goods)}`
    )
  }
  const by = sent(given, ['stock_change', 'base_stock_change'], goods, null) ?? 0
  const largest = largestStock(goods)
  if (to > largest) {
    throw refused('stock', `The stock is at most ${largest} ${baseUnitOf(goods)}`)
  }
  return Math.min(Math.max(to + by, 0), largest)
}

/** Clients send back all that they read, so of two different quantities the one that is as it was is none. */
function sent(
  given: GivenStock,
  [name, baseName]: [keyof GivenStock, keyof GivenStock],
  goods: Goods,
  before: number | null
) {
  const base = given[baseName]
  const units = given[name] === undefined ? undefined : read(name, given[name], goods)
  if (base === undefined || units === base || base === before) return units ?? base
  if (units === undefined || units === before) return base
  throw refused(baseName, `${name} and ${baseName} differ: send one of them`)
}

function read(name: string, quantity: number, goods: Goods) {
  const whole = fromPriceUnits(quantity, goods)
  if (whole === null) throw refused(name, `The ${name} ${notWhole(goods)}`)
  return whole
}
