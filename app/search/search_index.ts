import type { Facets } from '#search/filters'
import type {
  ProductHit,
  SearchQuery,
  ShopHit,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { Quantity } from '#search/understanding/quantity'
import type { Part } from '#search/understanding/understanding'
import type { Position } from '#replication/position'
import type { Reading } from '#replication/replication'

/** One interpretation of a query. */
export interface Interpretation {
  parts: Part[]
  /** How many parts must match. */
  least: number
  /** Weight relative to the query as typed. */
  weight: number
  /** Possibly misspelt words. */
  doubtful: Set<string>
}

/** A search, with what its text says. */
export interface ReadQuery extends SearchQuery {
  amount: Quantity | null
}

/** A search in one city, or everywhere. */
export interface PlaceQuery extends ReadQuery {
  /** Only these shops; null for all. */
  shops: string[] | null
  /** Maximum hits of each type. */
  limit: number
}

/** Computes facets. @param page the products shown @param more whether more match */
export type CountFacets = (page: ProductHit[], more: boolean) => Promise<Facets>

/** The best hits of each type, sorted. */
export interface Found {
  shops: ShopHit[]
  products: ProductHit[]
  facets: CountFacets | null
}

export interface Suggested {
  products: (Suggestions['products'][number] & { category: string | null })[]
  shops: Suggestions['shops']
}

/** A consistent view of the index during one search. */
export interface IndexView {
  /** Which of the words occur in a name, spelled like this or alike. */
  known(words: string[]): Promise<Set<string>>

  /** Which of the words may be misspelt. */
  misspelt(words: string[]): Promise<Set<string>>

  /** Hits that match any interpretation, in the query's city. */
  find(interpretations: Interpretation[], query: PlaceQuery): Promise<Found>

  /** Products that pass the filters in the query's shops or city, of which one is given, without words to match. */
  list(query: PlaceQuery): Promise<Found>

  /** Names that match any interpretation, best first. */
  suggest(interpretations: Interpretation[], query: SuggestionQuery): Promise<Suggested>
}

/** The port below `Search`: an index only reads, finds, suggests and counts. */
export abstract class SearchIndex {
  /** Separates its cache entries from those of other indices. */
  abstract readonly name: string

  /** Whether it may lag behind announced changes. */
  abstract readonly mayLag: boolean

  /**
   * Resolves when it is available and has reached a position.
   *
   * @throws SearchUnavailable
   */
  abstract reach(needed: Position): Promise<void>

  /**
   * Runs a search on a view at least as fresh as `needed`, showing everything replicas showed up to `seen`.
   *
   * @throws SearchUnavailable
   */
  abstract readAt<T>(
    needed: Position,
    seen: Position,
    search: (view: IndexView) => Promise<T>
  ): Promise<Omit<Reading<T>, 'source'>>

  /** @throws when it is unavailable */
  abstract ping(): Promise<void>
}
