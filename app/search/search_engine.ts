import { UNFILTERED, type Facets, type ProductFilters } from '#search/filters'
import type { ProductTexts } from '#models/product_texts'
import type { SessionClock } from '#replication/session_clock'

export { PRICE_BANDS } from '#search/filters'

export type SearchType = 'all' | 'shop' | 'product'

/** The best match first, the nearest city first, or the cheapest first. */
export type SearchOrder = 'relevance' | 'nearest' | 'price'

/** What somebody is looking for; `searchFor` fills in what is not said. */
export interface SearchQuery extends ProductFilters {
  /** As typed, in any script. Text without a letter or digit finds nothing. */
  q: string
  type: SearchType
  /** Only shops of this city and their products; upper and lower case are alike. */
  city: string | null
  order: SearchOrder
  /** Cities by their distance, the nearest first, for the order `nearest`. */
  near: string[]
  /** Makes one hit of all products that are the same but for their shop. */
  grouped: boolean
  /** Whether to count what the results could be narrowed to. */
  facets: boolean
  /** The most hits to return, 1 to 50. */
  size: number
}

export interface ShopHit {
  type: 'shop'
  id: string
  name: string
  city: string
  /** Larger is better; comparable within one result only. */
  score: number
}

/** The same product in another shop. */
export interface Offer {
  id: string
  pricePaise: number
  stock: number
  shopId: string
  shopName: string
  shopCity: string
}

export interface ProductHit extends ProductTexts {
  type: 'product'
  id: string
  name: string
  unit: string
  category: string | null
  pricePaise: number
  stock: number
  shopId: string
  shopName: string
  shopCity: string
  /** Other shops that sell it, those with stock first and then the cheapest; a few. Empty unless grouped. */
  offers: Offer[]
  /** Larger is better; comparable within one result only. */
  score: number
}

export type SearchHit = ShopHit | ProductHit

export interface SearchResults {
  /** How many hits these are: counting all that match would cost more than finding the best. */
  count: number
  /** Whether more match than `size` let in. */
  more: boolean
  /** Best first; among equals those in stock, then by name, then the cheapest, then by id. */
  hits: SearchHit[]
  /** Null unless they were asked for. */
  facets: Facets | null
  /** Set when a simpler engine answered because the usual one is away. */
  simpler?: true
}

/** The results of a query that finds nothing. */
export const NOTHING: SearchResults = { count: 0, more: false, hits: [], facets: null }

export interface SuggestionQuery {
  /** What has been typed so far. */
  prefix: string
  /** Only what there is in this city. */
  city: string | null
  /** The most of each kind. */
  size: number
}

/** What somebody may be about to type; the likeliest first. */
export interface Suggestions {
  products: { name: string; nameHi: string | null }[]
  shops: { id: string; name: string; city: string }[]
  /** Slugs of the categories of these products. */
  categories: string[]
}

/** A whole query: everything everywhere, as far as it is not said. */
export function searchFor(given: Partial<SearchQuery>): SearchQuery {
  return {
    q: '',
    type: 'all',
    city: null,
    ...UNFILTERED,
    order: 'relevance',
    near: [],
    grouped: false,
    facets: false,
    size: 20,
    ...given,
  }
}

/**
 * Finds shops and products by what people type, in English, Hindi or Hinglish.
 *
 * - What is typed means what `Understanding` says.
 * - A product is found by its name (in English or Hindi), its shop's name and its city, which weigh
 *   3, 2 and 1; a shop by its name and its city, which weigh 3 and 1.
 * - The beginning of a word finds the word, and typing errors are forgiven: one in a word of three to
 *   five letters, two in a longer one.
 * - All words have to match; only when nothing does, some are enough.
 * - With type `all` neither shops nor products crowd out the others: each kind keeps a quarter of the
 *   places as long as it has hits for them. Filters of products leave shops out.
 * - The order `price` puts the cheapest first of what matches about as well as the best.
 */
export abstract class SearchEngine {
  /**
   * Shows at least what the session has written and seen, as far as the engine can tell, and moves its
   * clock on to what it shows.
   *
   * @throws SearchUnavailable
   */
  abstract search(query: SearchQuery, clock: SessionClock): Promise<SearchResults>

  /**
   * As `search`, while somebody types.
   *
   * @throws SearchUnavailable
   */
  abstract suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions>

  /**
   * Resolves when the engine can answer.
   *
   * @throws SearchUnavailable
   */
  abstract ping(): Promise<void>
}
