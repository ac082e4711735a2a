import type { ProductHit } from '#search/search_engine'

/** All filters must match; each is off by default. */
export interface ProductFilters {
  category: string | null
  /** Price range in paise, inclusive. */
  priceFrom: number | null
  priceTo: number | null
  /** Only products that can be bought now. */
  inStock: boolean
}

export const UNFILTERED: ProductFilters = {
  category: null,
  priceFrom: null,
  priceTo: null,
  inStock: false,
}

export interface FacetValue {
  value: string
  count: number
}

/** Selectable price ranges in paise; `to` is exclusive, null for no limit. */
export const PRICE_BANDS: readonly { from: number; to: number | null }[] = [
  { from: 0, to: 50_00 },
  { from: 50_00, to: 100_00 },
  { from: 100_00, to: 250_00 },
  { from: 250_00, to: 500_00 },
  { from: 500_00, to: null },
]

/** The facets with values, and the value that a product has of each. */
export const FACETS = {
  cities: ({ shopCity }: ProductHit): string | null => shopCity,
  /** Slugs of `CATEGORIES`. */
  categories: ({ category }: ProductHit) => category,
  /** The index of one of `PRICE_BANDS`. */
  prices: ({ pricePaise }: ProductHit): string | null => {
    return String(PRICE_BANDS.findLastIndex(({ from }) => pricePaise >= from))
  },
}

export type FacetName = keyof typeof FACETS

/** Number of matching products by value of each facet, descending. */
export interface Facets extends Record<FacetName, FacetValue[]> {
  inStock: number
  /** False when counting was cut off: counts are then lower bounds. */
  exact: boolean
}

const NAMES = Object.keys(UNFILTERED) as (keyof ProductFilters)[]

/** Filters of products leave shops out. */
export function isFiltered(given: ProductFilters): boolean {
  return NAMES.some((name) => given[name] !== UNFILTERED[name])
}
