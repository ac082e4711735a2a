import { isAny, leadsOf, namesOf, productsOf, shopsOf, soldOf } from '#search/elasticsearch/answers'
import { addedFacets, toFacets } from '#search/elasticsearch/facets'
import {
  BEST,
  MOST_NAMES,
  NAMES,
  namesBody,
  OFFERS,
  offersBody,
  offersOfShopsBody,
  productsOfShopsBody,
  shopsBody,
  shopsCalledBody,
  soldBody,
  suggestedProductBody,
  suggestedShopsBody,
} from '#search/elasticsearch/query'
import { grouped } from '#search/group_hits'
import { compareHits } from '#search/ranking'
import type { Lead, SoldName } from '#search/elasticsearch/answers'
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

/** How many names to look at for those of products that are for sale. */
const SUGGESTED = 50

interface FoundProducts {
  products: ProductHit[]
  facets: Facets | null
}

export interface Found extends FoundProducts {
  shops: ShopHit[]
}

export const NONE: Found = { shops: [], products: [], facets: null }

/**
 * Looks up what matches one of several readings. What is typed is held against the distinct names, of which
 * a million products have thousands; names lead to products.
 */
export class Finder {
  constructor(private session: SearchSession) {}

  async find(query: SearchQuery, readings: Reading[]): Promise<Found> {
    const size = query.order === 'price' ? MOST_HITS : query.size + 1
    const [shops, found] = await Promise.all([
      wantsShops(query) ? this.#shops(query, readings, size) : [],
      query.type === 'shop' ? NONE : this.#products(query, readings, size),
    ])
    return { ...found, shops }
  }

  async #shops(query: SearchQuery, readings: Reading[], size: number) {
    const [answer] = await this.session.ask([
      { table: 'shops', body: shopsBody(readings, query, size) },
    ])
    return shopsOf(answer)
  }

  /** They are looked for by their shops only when those that are called so do not fill the page. */
  async #products(query: SearchQuery, readings: Reading[], size: number): Promise<FoundProducts> {
    const [names, shops] = await this.session.ask([
      { table: 'search_names', body: namesBody(readings) },
      { table: 'search_names', body: shopsCalledBody(readings) },
    ])
    const leads = leadsOf(names)
    const found = await this.#named(leads, query, size)
    if (found.products.length >= size || !isAny(shops)) return found
    return added(found, await this.#ofShops(query, readings, size, leads))
  }

  async #named(leads: Lead[], query: SearchQuery, size: number): Promise<FoundProducts> {
    if (leads.length === 0)
      return { products: [], facets: query.facets ? toFacets(undefined) : null }
    const [counts] = await this.#ask([
      soldBody(
        leads.map(({ name }) => name),
        query
      ),
    ])
    const sold = soldOf(leads, counts)
    const facets = query.facets ? toFacets(counts.aggregations, leads.length < MOST_NAMES) : null
    const names = query.grouped ? sold.slice(0, size) : filling(size, sold)
    const products = await this.#offers(names, query, size)
    return { products: query.grouped ? grouped(products) : products, facets }
  }

  /** Those that are sold out only where the others are few. */
  async #offers(names: SoldName[], query: SearchQuery, size: number): Promise<ProductHit[]> {
    const most = query.grouped ? OFFERS : size
    const wanted = names.flatMap((name) => [
      ...(name.stocked > 0 ? [{ name, inStock: true }] : []),
      ...(name.stocked < Math.min(most, name.all) ? [{ name, inStock: false }] : []),
    ])
    const answers = await this.#ask(
      wanted.map(({ name, inStock }) => offersBody(name.name, query, inStock, most))
    )
    return wanted
      .flatMap(({ name: { score } }, at) =>
        productsOf(answers[at]).map((hit) => ({ ...hit, score }))
      )
      .sort(compareHits)
  }

  /** By their shop, or by its city: those that are not called `leads`. */
  async #ofShops(query: SearchQuery, readings: Reading[], size: number, leads: Lead[]) {
    const called = leads.map(({ name }) => name)
    const [answer] = await this.#ask([productsOfShopsBody(readings, query, size, called)])
    return {
      products: await this.#withOffers(answer, readings, query),
      facets: query.facets ? toFacets(answer.aggregations, !answer.terminated_early) : null,
    }
  }

  /** The products of an answer; with what other shops sell of the same, where it has one of each name. */
  async #withOffers(heads: Answer, readings: Reading[], query: SearchQuery) {
    if (!query.grouped || heads.hits.hits.length === 0) return productsOf(heads).sort(compareHits)
    const [{ aggregations }] = await this.#ask([offersOfShopsBody(namesOf(heads), readings, query)])
    const { buckets }: { buckets: Record<string, Answer>[] } = aggregations[NAMES]
    return grouped(buckets.flatMap((bucket) => productsOf(bucket[BEST])).sort(compareHits))
  }

  /** Names that somebody may be about to type. */
  async suggest({ city, size }: SuggestionQuery, readings: Reading[]): Promise<Found> {
    if (readings.length === 0) return NONE
    const [shops, names] = await this.session.ask([
      { table: 'shops', body: suggestedShopsBody(readings, city, size) },
      { table: 'search_names', body: namesBody(readings, SUGGESTED) },
    ])
    const leads = leadsOf(names)
    const products: ProductHit[] = []
    for (let at = 0; at < leads.length && products.length < size; at += size) {
      const some = leads.slice(at, at + size)
      const answers = await this.#ask(some.map(({ name }) => suggestedProductBody(name, city)))
      products.push(...answers.flatMap(productsOf))
    }
    return { shops: shopsOf(shops), products: products.slice(0, size), facets: null }
  }

  async #ask(bodies: TableSearch['body'][]): Promise<Answer[]> {
    if (bodies.length === 0) return []
    return this.session.ask(bodies.map((body) => ({ table: 'products', body })))
  }
}

/** As many of the names as it takes to have so many products that are in stock. */
function filling(size: number, names: SoldName[]) {
  let stocked = 0
  return names.filter(({ stocked: more }) => {
    const isWanted = stocked < size
    stocked += more
    return isWanted
  })
}

/** Filters of products leave shops out. */
function wantsShops({ type, category, priceFrom, priceTo, inStock }: SearchQuery) {
  const isFiltered = category !== null || priceFrom !== null || priceTo !== null || inStock
  return type !== 'product' && !isFiltered
}

/** What was found, and others. */
function added(one: FoundProducts, other: FoundProducts): FoundProducts {
  return {
    products: [...one.products, ...other.products],
    facets: one.facets && other.facets && addedFacets(one.facets, other.facets),
  }
}
