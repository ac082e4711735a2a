import { toProductHit, toShopHit } from '#search/elasticsearch/documents'
import {
  BEST,
  NAMES,
  OFFERS,
  offersBody,
  offersOfShopsBody,
  productsBody,
  productsOfShopsBody,
  shopsBody,
  suggestedProductsBody,
  suggestedShopsBody,
} from '#search/elasticsearch/query'
import { addedFacets, toFacets } from '#search/elasticsearch/facets'
import { grouped } from '#search/group_hits'
import { arranged, compareHits } from '#search/merge_hits'
import { NOTHING } from '#search/search_engine'
import type { Answer, SearchSession, TableSearch } from '#search/elasticsearch/session'
import type { Reading } from '#search/elasticsearch/matching'
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
        { table: 'shops', body: suggestedShopsBody(readings, query.city, query.size) },
        { table: 'products', body: suggestedProductsBody(readings, query.city, query.size) },
      ])
      return { shops: shopsOf(answers[0]), products: productsOf(answers[1]), facets: null }
    }
    const asTyped = await find(this.reader.asTyped())
    return toSuggestions(countOf(asTyped) > 0 ? asTyped : await find(await this.reader.forgiving()))
  }

  async #find(query: SearchQuery): Promise<Found> {
    const typed = this.reader.asTyped()
    const asTyped = await this.#attempt(query, typed)
    if (countOf(asTyped) >= query.size) return asTyped
    const forgiving = await this.reader.forgiving()
    const forgiven =
      forgiving.length > 0 ? await this.#attempt(query, [...typed, ...forgiving]) : asTyped
    if (countOf(forgiven) > 0) return forgiven
    for (const reading of await this.reader.inPart()) {
      const found = await this.#attempt(query, [reading])
      if (countOf(found) > 0) return found
    }
    return NONE
  }

  /** Products are looked for by their shops only when those that are called so do not fill the page. */
  async #attempt(query: SearchQuery, readings: Reading[]): Promise<Found> {
    const size = query.order === 'price' ? MOST_HITS : query.size + 1
    const searches: TableSearch[] = [
      ...(query.type === 'shop'
        ? []
        : [{ table: 'products' as const, body: productsBody(readings, query, size) }]),
      ...(wantsShops(query)
        ? [{ table: 'shops' as const, body: shopsBody(readings, query, size) }]
        : []),
    ]
    const answers = await this.session.ask(searches)
    const named = answers.find((_, at) => searches[at].table === 'products')
    const found = {
      shops: shopsOf(answers.find((_, at) => searches[at].table === 'shops')),
      products: await this.#withOffers(named, query, (heads) => this.#offers(heads, query)),
      facets: query.facets ? toFacets(named?.aggregations) : null,
    }
    if (!named || named.hits.hits.length >= size) return found
    return added(found, await this.#ofShops(query, readings, size, namesOf(named)))
  }

  /** By their shop, or by its city: those that are not called `names`. */
  async #ofShops(query: SearchQuery, readings: Reading[], size: number, names: string[]) {
    const body = productsOfShopsBody(readings, query, size, names)
    const [answer] = await this.session.ask([{ table: 'products', body }])
    const products = await this.#withOffers(answer, query, (heads) => {
      return this.#offersOfShops(heads, readings, query)
    })
    const isAll = !answer.terminated_early
    const facets = query.facets ? toFacets(answer.aggregations, isAll) : null
    return { shops: [], products, facets }
  }

  /** The products of an answer; with what other shops sell of the same, where it has one of each name. */
  async #withOffers(
    answer: Answer | undefined,
    { grouped: isGrouped }: SearchQuery,
    offersOf: (heads: Answer) => Promise<ProductHit[]>
  ) {
    if (!answer || answer.hits.hits.length === 0) return []
    if (!isGrouped) return productsOf(answer).sort(compareHits)
    return grouped((await offersOf(answer)).sort(compareHits))
  }

  /** Those that are sold out only where the others are few. */
  async #offers(heads: Answer, query: SearchQuery): Promise<ProductHit[]> {
    const names = namesOf(heads)
    const scores = productsOf(heads).map(({ score }) => score)
    const stocked = await this.#products(names.map((name) => offersBody(name, query, true)))
    const few = query.inStock ? [] : names.filter((_, at) => stocked[at].length < OFFERS)
    const soldOut = await this.#products(few.map((name) => offersBody(name, query, false)))
    return names.flatMap((name, at) => {
      const offers = [...stocked[at], ...(soldOut[few.indexOf(name)] ?? [])]
      return offers.map((offer) => ({ ...offer, score: scores[at] }))
    })
  }

  async #offersOfShops(heads: Answer, readings: Reading[], query: SearchQuery) {
    const body = offersOfShopsBody(namesOf(heads), readings, query)
    const [{ aggregations }] = await this.session.ask([{ table: 'products', body }])
    const { buckets }: { buckets: Record<string, Answer>[] } = aggregations[NAMES]
    return buckets.flatMap((bucket) => productsOf(bucket[BEST]))
  }

  async #products(bodies: TableSearch['body'][]): Promise<ProductHit[][]> {
    if (bodies.length === 0) return []
    const answers = await this.session.ask(bodies.map((body) => ({ table: 'products', body })))
    return answers.map(productsOf)
  }
}

/** Where to search: in one city, or in those that are near first, or everywhere. */
function placesOf({ city, order, near }: SearchQuery): (string | null)[] {
  if (city !== null || order !== 'nearest') return [city]
  return [...near.slice(0, NEAREST), null]
}

/** Filters of products leave shops out. */
function wantsShops({ type, category, priceFrom, priceTo, inStock }: SearchQuery) {
  const isFiltered = category !== null || priceFrom !== null || priceTo !== null || inStock
  return type !== 'product' && !isFiltered
}

/** What was found, and others. */
function added(one: Found, other: Found): Found {
  return {
    shops: one.shops,
    products: [...one.products, ...other.products],
    facets: one.facets && other.facets && addedFacets(one.facets, other.facets),
  }
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

function productsOf(answer: Answer | undefined): ProductHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score, sort }) => {
    return toProductHit(_source, scoreOf(_score, sort))
  })
}

/** What the products of an answer are called. */
function namesOf({ hits }: Answer): string[] {
  return [...new Set(hits.hits.map(({ fields }) => fields!['name.folded'][0] as string))]
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
