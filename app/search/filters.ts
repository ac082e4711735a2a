import type { ProductHit } from '#search/search_engine'

/** Columns that products are filtered by as they are, and the facet that counts the values of each. */
const COLUMNS = { category: 'categories', brand: 'brands', country: 'countries' } as const

type Column = keyof typeof COLUMNS
type ColumnFacet = (typeof COLUMNS)[Column]

export const FILTER_COLUMNS = Object.keys(COLUMNS) as Column[]

export const HOME = 'IN'

/** For goods that do not say where they come from; CLDR calls it an unknown region. */
export const NOT_STATED = 'ZZ'

/** Something for the facet of each of these columns. */
export function eachColumnFacet<T>(make: (column: Column) => T) {
  const made = FILTER_COLUMNS.map((column) => [COLUMNS[column], make(column)])
  return Object.fromEntries(made) as Record<ColumnFacet, T>
}

/** Only products that pass all of these; each is off by default. */
export interface ProductFilters extends Record<Column, string | null> {
  /** Only products that cost at least, and at most, so many paise. */
  priceFrom: number | null
  priceTo: number | null
  /** Only products that can be bought now. */
  inStock: boolean
}

export const UNFILTERED: ProductFilters = {
  ...(Object.fromEntries(FILTER_COLUMNS.map((column) => [column, null])) as Record<Column, null>),
  priceFrom: null,
  priceTo: null,
  inStock: false,
}

export interface FacetValue {
  value: string
  count: number
}

/** What a price range can be narrowed to, in paise; `to` is not in it, and null for no end. */
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
  ...eachColumnFacet(
    (column) =>
      (hit: ProductHit): string | null =>
        hit[column]
  ),
  countries: ({ country }: ProductHit): string | null => country ?? NOT_STATED,
  /** The index of one of `PRICE_BANDS`. */
  prices: ({ pricePaise }: ProductHit): string | null => {
    return String(PRICE_BANDS.findLastIndex(({ from }) => pricePaise >= from))
  },
}

export type FacetName = keyof typeof FACETS

/** How many results there are, or would be when narrowed to each value; most first. */
export interface Facets extends Record<FacetName, FacetValue[]> {
  inStock: number
  /** False when there was too much to count: each count then means at least so many. */
  exact: boolean
}

const NAMES = Object.keys(UNFILTERED) as (keyof ProductFilters)[]

/** Filters of products leave shops out. */
export function isFiltered(given: ProductFilters): boolean {
  return NAMES.some((name) => given[name] !== UNFILTERED[name])
}
