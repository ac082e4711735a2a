import type { Position } from '#replication/position'

export type SearchType = 'all' | 'shop' | 'product'

/** What somebody is looking for. */
export interface SearchQuery {
  /** As typed, in any script. Text without a letter or digit finds nothing. */
  q: string
  type: SearchType
  /** Only shops of this city and their products; upper and lower case are alike. */
  city: string | null
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

export interface ProductHit {
  type: 'product'
  id: string
  name: string
  nameHi: string | null
  unit: string
  category: string | null
  pricePaise: number
  stock: number
  shopId: string
  shopName: string
  shopCity: string
  /** Larger is better; comparable within one result only. */
  score: number
}

export type SearchHit = ShopHit | ProductHit

export interface SearchResults {
  /** How many hits these are: counting all that match would cost more than finding the best. */
  count: number
  /** Whether more match than `size` let in. */
  more: boolean
  /** Best first; among equals those in stock, then by name, then by id. */
  hits: SearchHit[]
}

/**
 * Finds shops and products by what people type.
 *
 * - A product is found by its name (in English or Hindi), its shop's name and its city, which weigh
 *   3, 2 and 1; a shop by its name and its city, which weigh 3 and 1.
 * - Case, accents and full-width forms make no difference. The beginning of a word finds the word,
 *   and typing errors are forgiven: one in a word of three to five letters, two in a longer one.
 * - All words have to match; only when nothing does, some are enough.
 * - With type `all` neither shops nor products crowd out the others: each kind keeps a quarter of the
 *   places as long as it has hits for them.
 */
export abstract class SearchEngine {
  /**
   * @param atLeast the position of the session's last write, which the answer shows; or null
   * @throws SearchUnavailable
   */
  abstract search(query: SearchQuery, atLeast: Position | null): Promise<SearchResults>

  /**
   * Resolves when the engine can answer.
   *
   * @throws SearchUnavailable
   */
  abstract ping(): Promise<void>
}
