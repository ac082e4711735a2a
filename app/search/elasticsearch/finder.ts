import { namesOf, productsOf, shopsOf } from '#search/elasticsearch/answers'
import { addedFacets, toFacets } from '#search/elasticsearch/facets'
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
import { grouped } from '#search/group_hits'
import { compareHits } from '#search/merge_hits'
import type { Answer, SearchSession, TableSearch } from '#search/elasticsearch/session'
import type { Reading } from '#search/elasticsearch/matching'
import type {
  Facets,
  ProductHit,
  SearchQuery,
  ShopHit,
  SuggestionQuery,
} from '#search/search_engine'

/** How many hits to look at for those that are the cheapest. */
const MOST_HITS = 50

export interface Found {
  shops: ShopHit[]
  products: ProductHit[]
  facets: Facets | null
}

export const NONE: Found = { shops: [], products: [], facets: null }

/** Looks up what matches one of several readings. */
export class Finder {
  constructor(private session: SearchSession) {}

  /** Products are looked for by their shops only when those that are called so do not fill the page. */
  async find(query: SearchQuery, readings: Reading[]): Promise<Found> {
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

  /** Names that somebody may be about to type. */
  async suggest({ city, size }: SuggestionQuery, readings: Reading[]): Promise<Found> {
    if (readings.length === 0) return NONE
    const answers = await this.session.ask([
      { table: 'shops', body: suggestedShopsBody(readings, city, size) },
      { table: 'products', body: suggestedProductsBody(readings, city, size) },
    ])
    return { shops: shopsOf(answers[0]), products: productsOf(answers[1]), facets: null }
  }
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
