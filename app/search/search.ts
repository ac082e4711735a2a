import { NO_FACETS, sortedFacets } from '#search/facets'
import { fold } from '#text/fold'
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

/** Number of nearest shops whose shelves are listed. */
const LISTED = 12

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
    const places = reader.isEmpty ? shelvesOf(query) : placesOf(query)
    let found = NONE
    for (const where of places) {
      if (countOf(found) >= query.size) break
      const place = { ...read, ...where, limit: limitOf(read) }
      const more = reader.isEmpty ? view.list(place) : this.#find(place, reader, view)
      found = merged(found, await more)
    }
    const results = arranged(found.shops, found.products, read)
    if (!query.facets || places.length === 0) return results
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

type SearchPlace = Pick<PlaceQuery, 'city' | 'shops'>

/** Places to search: shops that deliver, then one city, or the nearest cities first, then everywhere. */
function placesOf(query: SearchQuery): SearchPlace[] {
  const { city, order, near } = query
  if (order !== 'nearest') return [{ city, shops: null }]
  const cities = city === null ? [...near.slice(0, NEAREST), null] : [city]
  return [...deliveringIn(query), ...cities.map((one) => ({ city: one, shops: null }))]
}

/** Places whose products are listed without words. */
function shelvesOf({ city, category, near, deliverers }: SearchQuery): SearchPlace[] {
  if (category === null) return []
  if (city !== null) return [{ city, shops: null }]
  const shops = deliverers.slice(0, LISTED).map(({ id }) => id)
  return [
    ...(shops.length > 0 ? [{ city: null, shops }] : []),
    ...near.slice(0, NEAREST).map((one) => ({ city: one, shops: null })),
  ]
}

/** By city, as products are found by their city. */
function deliveringIn({ city, deliverers }: SearchQuery): SearchPlace[] {
  const byCity = Map.groupBy(deliverers, (shop) => shop.city)
  return Array.from(byCity, ([name, shops]) => ({ city: name, shops: shops.map(({ id }) => id) }))
    .filter(({ city: name }) => city === null || fold(name) === fold(city))
    .slice(0, NEAREST)
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
