/** What goods are measured by; quantities are whole base units: g, ml, cm or pieces. */
export const MEASURES = ['weight', 'volume', 'length', 'pieces'] as const
export type Measure = (typeof MEASURES)[number]

export const SOLD_AS = ['packed', 'loose'] as const
export type SoldAs = (typeof SOLD_AS)[number]

/** `netQuantity`: base units that the price is for, which is one pack, or one kg, l, m or dozen of loose goods. */
export interface Goods {
  measure: Measure
  soldAs: SoldAs
  netQuantity: number
}

interface Standard {
  baseUnit: 'g' | 'ml' | 'cm' | 'piece'
  /** What loose goods are priced by, as the database names it, and its base units. */
  priceUnit: string
  priceUnitSize: number
  /** Base units of the unit that prices are compared by. */
  comparedSize: number
  /** What loose goods are sold in unless the shop says otherwise, in base units. */
  smallest: number
  step: number
  presets: number[]
}

const KILO = { priceUnitSize: 1000, comparedSize: 1000, smallest: 50, step: 50 }

export const STANDARDS: Record<Measure, Standard> = {
  weight: { baseUnit: 'g', priceUnit: 'kg', ...KILO, presets: [100, 250, 500, 1000] },
  volume: { baseUnit: 'ml', priceUnit: 'l', ...KILO, presets: [100, 250, 500, 1000] },
  length: {
    baseUnit: 'cm',
    priceUnit: 'm',
    priceUnitSize: 100,
    comparedSize: 100,
    smallest: 10,
    step: 10,
    presets: [50, 100, 200],
  },
  pieces: {
    baseUnit: 'piece',
    priceUnit: 'dozen',
    priceUnitSize: 12,
    comparedSize: 1,
    smallest: 1,
    step: 1,
    presets: [6, 12],
  },
}

/** Base units in a pack. */
export const LARGEST_NET_QUANTITY = 1_000_000

/** Price units of one product in a cart line or an order. */
export const LARGEST_QUANTITY = 99

/** Of a row that also has other columns. */
export function goodsOf({ measure, soldAs, netQuantity }: Goods): Goods {
  return { measure, soldAs, netQuantity }
}

export function isLoose({ soldAs }: Pick<Goods, 'soldAs'>) {
  return soldAs === 'loose'
}

/** How much of a quantity the price is for: 1 pack, or the base units of a price unit. */
export function perOf({ soldAs, netQuantity }: Pick<Goods, 'soldAs' | 'netQuantity'>) {
  return soldAs === 'loose' ? netQuantity : 1
}

/** The largest quantity that any goods can have. */
export const MOST_COUNTS = LARGEST_QUANTITY * 1000

/** Packs, or base units of loose goods, that an order takes of one product. */
export function largestQuantity(goods: Goods) {
  return LARGEST_QUANTITY * perOf(goods)
}

/** Packs, or base units of loose goods. The same as `largest_stock` of the database. */
export function largestStock({ soldAs }: Pick<Goods, 'soldAs'>) {
  return soldAs === 'loose' ? 100_000_000 : 1_000_000
}

/** Whether a pack of the one has another amount in it than of the other. */
export function isRepacked(one: Goods, other: Goods) {
  const isSame = one.measure === other.measure && one.netQuantity === other.netQuantity
  return one.soldAs === 'packed' && other.soldAs === 'packed' && !isSame
}

/** Whether a price of the one is for the same amount as of the other. */
export function isPricedAlike(one: Goods, other: Goods) {
  return isCountedAlike(one, other) && !isRepacked(one, other)
}

/** Whether a quantity of the one means the same as of the other. */
export function isCountedAlike(one: Goods, other: Goods) {
  return one.soldAs === other.soldAs && (one.soldAs === 'packed' || one.measure === other.measure)
}
