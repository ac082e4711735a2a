import { NO_FACETS, sortedFacets } from '#search/facets'
import { QueryReader } from '#search/query_reader'
import { arranged, limitOf, merged } from '#search/ranking'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { Found, IndexView, PlaceQuery, SearchIndex, Suggested } from '#search/search_index'
import type { Understanding } from '#search/understanding/understanding'
import type { Position } from '#replication/position'

/** Number of nearest cities searched before all others. */
const NEAREST = 8

const NONE: Found = { shops: [], products: [], facets: null }

/**
 * Searches an index, in steps: typing errors are forgiven only when exact matches do not fill the page, and parts
 * are dropped only when nothing matches.
 */
export class Search {
  constructor(
    readonly index: SearchIndex,
    private understanding: Understanding
  ) {}

  resultsAt(query: SearchQuery, needed: Position, seen: Position) {
    return this.index.readAt(needed, seen, (view) => this.#results(query, view))
  }

  suggestionsAt(query: SuggestionQuery, needed: Position, seen: Position) {
    return this.index.readAt(needed, seen, (view) => this.#suggestions(query, view))
  }

  async #results(query: SearchQuery, view: IndexView): Promise<SearchResults> {
    const reader = new QueryReader(view, this.understanding, query.q)
    const read = { ...query, amount: reader.amount }
    let found = NONE
    for (const city of reader.isEmpty ? [] : placesOf(query)) {
      if (countOf(found) >= query.size) break
      const place = { ...read, city, limit: limitOf(read) }
      found = merged(found, await this.#find(place, reader, view))
    }
    const results = arranged(found.shops, found.products, read)
    if (!query.facets || reader.isEmpty) return results
    const page = results.hits.filter((hit) => hit.type === 'product')
    const facets = (await found.facets?.(page, results.more)) ?? NO_FACETS
    return { ...results, facets: sortedFacets(facets) }
  }

  async #find(query: PlaceQuery, reader: QueryReader, view: IndexView): Promise<Found> {
    const typed = await view.find(reader.asTyped, query)
    if (countOf(typed) >= query.size) return typed
    const forgiving = await reader.forgiving()
    const forgiven =
      forgiving.length > 0 ? await view.find([...reader.asTyped, ...forgiving], query) : typed
    if (countOf(forgiven) > 0) return forgiven
    for (const interpretation of await reader.inPart()) {
      const found = await view.find([interpretation], query)
      if (countOf(found) > 0) return found
    }
    return NONE
  }

  async #suggestions(query: SuggestionQuery, view: IndexView): Promise<Suggestions> {
    const reader = new QueryReader(view, this.understanding, query.prefix)
    if (reader.isEmpty) return toSuggestions({ products: [], shops: [] })
    const typed = await view.suggest(reader.asTyped, query)
    if (countOf(typed) > 0) return toSuggestions(typed)
    return toSuggestions(await view.suggest(await reader.forgiving(), query))
  }
}

/** Areas to search: one city, or the nearest cities first, or everywhere. */
function placesOf({ city, order, near }: SearchQuery): (string | null)[] {
  if (city !== null || order !== 'nearest') return [city]
  return [...near.slice(0, NEAREST), null]
}

function countOf({ shops, products }: { shops: unknown[]; products: unknown[] }) {
  return shops.length + products.length
}

function toSuggestions({ shops, products }: Suggested): Suggestions {
  const categories = products.flatMap(({ category }) => category ?? [])
  return {
    products: products.map(({ name, nameHi }) => ({ name, nameHi })),
    shops: shops.map(({ id, name, city }) => ({ id, name, city })),
    categories: [...new Set(categories)],
  }
}
