/** Only products that pass all of these; each is off by default. */
export interface ProductFilters {
  category: string | null
  /** Only products that cost at least, and at most, so many paise. */
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

/** Products that the results have, or could be narrowed to, by what they have in common; most first. */
export interface Facets {
  cities: FacetValue[]
  /** Slugs of `CATEGORIES`. */
  categories: FacetValue[]
  /** One for each of `PRICE_BANDS` that has any; the value is its index. */
  prices: FacetValue[]
  inStock: number
  /** False when there was too much to count: each count then means at least so many. */
  exact: boolean
}

/** What a price range can be narrowed to, in paise; `to` is not in it, and null for no end. */
export const PRICE_BANDS: readonly { from: number; to: number | null }[] = [
  { from: 0, to: 50_00 },
  { from: 50_00, to: 100_00 },
  { from: 100_00, to: 250_00 },
  { from: 250_00, to: 500_00 },
  { from: 500_00, to: null },
]

const NAMES = Object.keys(UNFILTERED) as (keyof ProductFilters)[]

/** Filters of products leave shops out. */
export function isFiltered(given: ProductFilters): boolean {
  return NAMES.some((name) => given[name] !== UNFILTERED[name])
}
