import type { Facets } from '#search/filters'
import type {
  ProductHit,
  SearchQuery,
  ShopHit,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { Part } from '#search/understanding/understanding'
import type { Position } from '#replication/position'
import type { Reading } from '#replication/replication'

/** One way to read what was typed. */
export interface Interpretation {
  parts: Part[]
  /** How many of the parts have to match. */
  least: number
  /** How much it counts, compared with what was typed. */
  weight: number
  /** Words that may be misspelt. */
  doubtful: Set<string>
}

/** A search in one city, or everywhere. */
export interface PlaceQuery extends SearchQuery {
  /** The most hits to find of each type. */
  limit: number
}

/** Counts what results could be narrowed to. @param page the products shown @param more whether more match */
export type CountFacets = (page: ProductHit[], more: boolean) => Promise<Facets>

/** The best hits of each type, the best first. */
export interface Found {
  shops: ShopHit[]
  products: ProductHit[]
  facets: CountFacets | null
}

export interface Suggested {
  products: (Suggestions['products'][number] & { category: string | null })[]
  shops: Suggestions['shops']
}

/** What an index shows during one search. */
export interface IndexView {
  /** Which of these words are in a name, spelled like this or alike. */
  known(words: string[]): Promise<Set<string>>

  /** Which of these words may be misspelt. */
  misspelt(words: string[]): Promise<Set<string>>

  /** What matches one of the interpretations in the city of the query. */
  find(interpretations: Interpretation[], query: PlaceQuery): Promise<Found>

  /** Names that match one of the interpretations, the best first. */
  suggest(interpretations: Interpretation[], query: SuggestionQuery): Promise<Suggested>
}

/** Where names are looked up. It only reads, finds, suggests and counts: the rest is that of `Search`. */
export abstract class SearchIndex {
  /** Keeps its cached answers apart from those of another index. */
  abstract readonly name: string

  /** Whether it may be behind what was announced. */
  abstract readonly mayLag: boolean

  /**
   * Resolves when it can be searched and has reached a position.
   *
   * @throws SearchUnavailable
   */
  abstract reach(needed: Position): Promise<void>

  /**
   * Runs a search on what shows at least `needed`, and what replicas showed up to `seen`.
   *
   * @throws SearchUnavailable
   */
  abstract readAt<T>(
    needed: Position,
    seen: Position,
    search: (view: IndexView) => Promise<T>
  ): Promise<Omit<Reading<T>, 'source'>>

  /** @throws when it cannot answer */
  abstract ping(): Promise<void>
}
