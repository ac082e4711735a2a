import { UNFILTERED, type Facets, type ProductFilters } from '#search/filters'
import type { Goods } from '#measures/goods'
import type { ProductLabel } from '#models/product_label'
import type { ProductTexts } from '#models/product_texts'
import type { SessionClock } from '#replication/session_clock'

export { PRICE_BANDS } from '#search/filters'

export type SearchType = 'all' | 'shop' | 'product'

/** By relevance, distance of the city, price, price per kg, litre, metre or piece, or country of origin. */
export const ORDERS = ['relevance', 'nearest', 'price', 'unit_price', 'country'] as const
export type SearchOrder = (typeof ORDERS)[number]

export interface Deliverer {
  id: string
  city: string
}

/** A search; `searchFor` fills in defaults. */
export interface SearchQuery extends ProductFilters {
  /** As typed, in any script. Text without a letter or digit finds nothing, or lists the category if one is given. */
  q: string
  type: SearchType
  /** Limits the search to this city, ignoring case. */
  city: string | null
  order: SearchOrder
  /** Cities by distance, nearest first, for the order `nearest`. */
  near: string[]
  /** Shops that deliver to the customer, nearest first; in the order `nearest` they come before all others. */
  deliverers: Deliverer[]
  /** Groups products that are the same goods of different shops. */
  grouped: boolean
  /** Whether to compute facets. */
  facets: boolean
  /** Maximum hits, 1 to 50. */
  size: number
}

export interface ShopHit {
  type: 'shop'
  id: string
  name: string
  city: string
  /** Higher is better; comparable within one result only. */
  score: number
}

/** The same product in another shop. */
export interface Offer {
  id: string
  pricePaise: number
  unitPricePaise: number
  country: string | null
  stock: number
  shopId: string
  shopName: string
  shopCity: string
}

export interface ProductHit extends ProductTexts, Goods, Pick<ProductLabel, 'country' | 'diet'> {
  type: 'product'
  id: string
  name: string
  unit: string
  category: string | null
  /** How loose goods are sold, in base units; null for packed ones. */
  smallest: number | null
  step: number | null
  presets: number[] | null
  pricePaise: number
  /** Per kg, l, m or piece. */
  unitPricePaise: number
  mrpPaise: number | null
  stock: number
  shopId: string
  shopName: string
  shopCity: string
  /** A few other shops that sell it: in stock first, then by price. Empty unless grouped. */
  offers: Offer[]
  /** Higher is better; comparable within one result only. */
  score: number
}

export type SearchHit = ShopHit | ProductHit

export interface SearchResults {
  /** Number of hits returned: counting all matches would cost more than finding the best. */
  count: number
  /** Whether there are more matches than `size`. */
  more: boolean
  /** Best first; ties by stock, name, price and id. */
  hits: SearchHit[]
  /** Null unless requested. */
  facets: Facets | null
  /** Set when the fallback engine answered because the main one is unavailable. */
  simpler?: true
}

export const NOTHING: SearchResults = { count: 0, more: false, hits: [], facets: null }

export interface SuggestionQuery {
  /** What has been typed so far. */
  prefix: string
  /** Limits suggestions to this city. */
  city: string | null
  /** Maximum of each kind. */
  size: number
}

/** Completions, most likely first. */
export interface Suggestions {
  products: { name: string; nameHi: string | null }[]
  shops: { id: string; name: string; city: string }[]
  /** Slugs of the categories of these products. */
  categories: string[]
}

/** A query with defaults: everything, everywhere. */
export function searchFor(given: Partial<SearchQuery>): SearchQuery {
  return {
    q: '',
    type: 'all',
    city: null,
    ...UNFILTERED,
    order: 'relevance',
    near: [],
    deliverers: [],
    grouped: false,
    facets: false,
    size: 20,
    ...given,
  }
}

/**
 * Finds shops and products by free text in English, Hinglish and India's larger languages.
 *
 * - `Understanding` defines how the text is interpreted.
 * - A product matches by its name (English or Hindi), its shop's name and its city, weighted 3, 2 and 1; a shop by
 * its name and city, weighted 3 and 1.
 * - Prefixes match, and typing errors are forgiven: one in a word of three to five letters, two in a longer one.
 * - All words must match; only when nothing does, some suffice.
 * - With type `all` each kind keeps a quarter of the places while it has hits. Product filters exclude shops.
 * - Goods that can be bought in an amount that the query names, such as `besan 500g`, come before others.
 * - Without words, a category lists its products: of the nearest shops that deliver, or else of the city, or of the
 * nearest cities. Without a place it finds nothing.
 * - The orders `price`, `unit_price` and `country` sort what matches about as well as the best hit, sold out goods last.
 */
export abstract class SearchEngine {
  /**
   * Shows at least what the session has written and seen, as far as the engine can tell, and advances its clock to
   * what was shown.
   *
   * @throws SearchUnavailable
   */
  abstract search(query: SearchQuery, clock: SessionClock): Promise<SearchResults>

  /**
   * Completions while typing, with the same freshness.
   *
   * @throws SearchUnavailable
   */
  abstract suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions>

  /**
   * Resolves when the engine is available.
   *
   * @throws SearchUnavailable
   */
  abstract ping(): Promise<void>
}
