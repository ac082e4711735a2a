import { toFacets } from '#search/elasticsearch/facets'
import { NONE, type Finder, type Found } from '#search/elasticsearch/finder'
import { arranged } from '#search/ranking'
import { NOTHING } from '#search/search_engine'
import type { QueryReader } from '#search/elasticsearch/query_reader'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'

/** How many of the nearest cities to search before all of them. */
const NEAREST = 8

/**
 * One search. Typing errors are forgiven only where that fills the page, and parts are left out only to
 * find anything at all.
 */
export class ElasticsearchSearch {
  constructor(
    private finder: Finder,
    private reader: QueryReader
  ) {}

  async results(query: SearchQuery): Promise<SearchResults> {
    if (this.reader.isEmpty) return NOTHING
    let found = NONE
    for (const city of placesOf(query)) {
      if (countOf(found) >= query.size) break
      found = merged(found, await this.#find({ ...query, city }))
    }
    const results = arranged(found.shops, found.products, query)
    return query.facets ? { ...results, facets: found.facets ?? toFacets(undefined) } : results
  }

  async suggestions(query: SuggestionQuery): Promise<Suggestions> {
    if (this.reader.isEmpty) return toSuggestions(NONE)
    let found = await this.finder.suggest(query, this.reader.asTyped())
    if (countOf(found) === 0) {
      found = await this.finder.suggest(query, await this.reader.forgiving())
    }
    return toSuggestions(found)
  }

  async #find(query: SearchQuery): Promise<Found> {
    const typed = this.reader.asTyped()
    const asTyped = await this.finder.find(query, typed)
    if (countOf(asTyped) >= query.size) return asTyped
    const forgiving = await this.reader.forgiving()
    const forgiven =
      forgiving.length > 0 ? await this.finder.find(query, [...typed, ...forgiving]) : asTyped
    if (countOf(forgiven) > 0) return forgiven
    for (const reading of await this.reader.inPart()) {
      const found = await this.finder.find(query, [reading])
      if (countOf(found) > 0) return found
    }
    return NONE
  }
}

/** Where to search: in one city, or in those that are near first, or everywhere. */
function placesOf({ city, order, near }: SearchQuery): (string | null)[] {
  if (city !== null || order !== 'nearest') return [city]
  return [...near.slice(0, NEAREST), null]
}

/** The hits of both, each once; the facets of the second, which was searched for in a larger place. */
function merged(one: Found, other: Found): Found {
  const distinct = <Hit extends { id: string }>(hits: Hit[]) => [
    ...new Map(hits.toReversed().map((hit) => [hit.id, hit])).values(),
  ]
  return {
    shops: distinct([...one.shops, ...other.shops]),
    products: distinct([...one.products, ...other.products]),
    facets: other.facets,
  }
}

function countOf({ shops, products }: Found) {
  return shops.length + products.length
}

function toSuggestions({ shops, products }: Found): Suggestions {
  const categories = products.flatMap(({ category }) => category ?? [])
  return {
    products: products.map(({ name, nameHi }) => ({ name, nameHi })),
    shops: shops.map(({ id, name, city }) => ({ id, name, city })),
    categories: [...new Set(categories)],
  }
}
