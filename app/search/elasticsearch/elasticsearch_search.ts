import { toProductHit, toShopHit, type Table } from '#search/elasticsearch/documents'
import { searchBody, suggestionBody, type Reading } from '#search/elasticsearch/query'
import { toFacets } from '#search/elasticsearch/facets'
import { grouped } from '#search/group_hits'
import { arranged, compareHits } from '#search/merge_hits'
import { NOTHING } from '#search/search_engine'
import type { Answer, SearchSession } from '#search/elasticsearch/session'
import type { QueryReader } from '#search/elasticsearch/query_reader'
import type {
  Facets,
  ProductHit,
  SearchQuery,
  SearchResults,
  ShopHit,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'

/** How many of the nearest cities to search before all of them. */
const NEAREST = 8

/** How many hits to look at for those that are the cheapest. */
const MOST_HITS = 50

interface Found {
  shops: ShopHit[]
  products: ProductHit[]
  facets: Facets | null
}

const NONE: Found = { shops: [], products: [], facets: null }

/**
 * One search. Typing errors are forgiven only where that fills the page, and parts are left out only to
 * find anything at all.
 */
export class ElasticsearchSearch {
  constructor(
    private session: SearchSession,
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
    const find = async (readings: Reading[]) => {
      if (readings.length === 0) return NONE
      const answers = await this.session.ask([
        { table: 'shops', body: suggestionBody('shops', readings, query) },
        { table: 'products', body: suggestionBody('products', readings, query) },
      ])
      return { shops: shopsOf(answers[0]), products: productsOf(answers[1]), facets: null }
    }
    const asTyped = await find(this.reader.asTyped())
    return toSuggestions(countOf(asTyped) > 0 ? asTyped : await find(await this.reader.forgiving()))
  }

  async #find(query: SearchQuery): Promise<Found> {
    const asTyped = await this.#attempt(query, this.reader.asTyped())
    if (countOf(asTyped) >= query.size) return asTyped
    const forgiving = await this.reader.forgiving()
    const forgiven =
      forgiving.length > 0
        ? await this.#attempt(query, [...this.reader.asTyped(), ...forgiving])
        : asTyped
    if (countOf(forgiven) > 0) return forgiven
    for (const reading of await this.reader.inPart()) {
      const found = await this.#attempt(query, [reading])
      if (countOf(found) > 0) return found
    }
    return NONE
  }

  async #attempt(query: SearchQuery, readings: Reading[]): Promise<Found> {
    const tables = tablesOf(query)
    const size = query.order === 'price' ? MOST_HITS : query.size + 1
    const answers = await this.session.ask(
      tables.map((table) => ({ table, body: searchBody(table, readings, query, size) }))
    )
    const [shops, products] = (['shops', 'products'] as const).map((table) => {
      return answers[tables.indexOf(table)] as Answer | undefined
    })
    const hits = productsOf(products).sort(compareHits)
    return {
      shops: shopsOf(shops),
      products: query.grouped ? grouped(hits) : hits,
      facets: query.facets ? toFacets(products?.aggregations) : null,
    }
  }
}

/** Where to search: in one city, or in those that are near first, or everywhere. */
function placesOf({ city, order, near }: SearchQuery): (string | null)[] {
  if (city !== null || order !== 'nearest') return [city]
  return [...near.slice(0, NEAREST), null]
}

/** Filters of products leave shops out. */
function tablesOf({ type, category, priceFrom, priceTo, inStock }: SearchQuery): Table[] {
  const isFiltered = category !== null || priceFrom !== null || priceTo !== null || inStock
  return [
    ...(type === 'product' || isFiltered ? [] : ['shops' as const]),
    ...(type === 'shop' ? [] : ['products' as const]),
  ]
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

function shopsOf(answer: Answer | undefined): ShopHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score }) => toShopHit(_source, _score!))
}

/** With their offers, when they were grouped by name. */
function productsOf(answer: Answer | undefined): ProductHit[] {
  return (answer?.hits.hits ?? []).flatMap((hit) => {
    const offers = hit.inner_hits?.offers.hits.hits ?? [hit]
    return offers.map(({ _source, _score, sort }) => toProductHit(_source, scoreOf(_score, sort)))
  })
}

/** With an order of its own, the score is the first value of what a hit was ordered by. */
function scoreOf(score: number | null | undefined, sort: unknown[] | undefined) {
  return score ?? Number(sort?.[0] ?? 0)
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
