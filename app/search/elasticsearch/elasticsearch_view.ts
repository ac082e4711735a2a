import {
  isAny,
  matchedNamesOf,
  measuresOf,
  namesOf,
  productsOf,
  shopsOf,
  soldOf,
} from '#search/elasticsearch/answers'
import { toFacets } from '#search/elasticsearch/filters'
import {
  BEST,
  knownBody,
  listBody,
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
import { addedFacets, NO_FACETS } from '#search/facets'
import { isFiltered, type Facets } from '#search/filters'
import { listed, MOST_LISTED } from '#search/listed'
import { bestOf, compareHits, grouped } from '#search/ranking'
import { slicesOf, type Slice } from '#search/slices'
import { forgivenErrors } from '#search/understanding/edit_distance'
import type { MatchedName, SoldName } from '#search/elasticsearch/answers'
import type { Answer, SearchSession, TableSearch } from '#search/elasticsearch/session'
import type { Found, IndexView, Interpretation, PlaceQuery } from '#search/search_index'
import type { ProductHit, SuggestionQuery } from '#search/search_engine'

/** Candidate names for suggestions, before filtering by what is for sale. */
const SUGGESTED = 50

interface FoundProducts {
  products: ProductHit[]
  facets: Facets
}

const NONE: FoundProducts = { products: [], facets: NO_FACETS }

/**
 * The indices during one search. Queries are matched against distinct names (thousands for a million products);
 * names lead to products.
 */
export class ElasticsearchView implements IndexView {
  #known = new Map<string, boolean>()

  constructor(private session: SearchSession) {}

  async known(words: string[]): Promise<Set<string>> {
    const others = [...new Set(words)].filter((word) => !this.#known.has(word))
    if (others.length > 0) {
      const answers = await this.session.ask(
        others.map((word) => ({ table: 'search_names', body: knownBody(word) }))
      )
      for (const [at, word] of others.entries()) this.#known.set(word, isAny(answers[at]))
    }
    return new Set(words.filter((word) => this.#known.get(word)))
  }

  /** Words that appear in no name. */
  async misspelt(words: string[]): Promise<Set<string>> {
    const known = await this.known(words)
    return new Set(words.filter((word) => forgivenErrors(word) > 0 && !known.has(word)))
  }

  async find(interpretations: Interpretation[], query: PlaceQuery): Promise<Found> {
    const [shops, { products, facets }] = await Promise.all([
      query.type === 'product' || isFiltered(query) ? [] : this.#shops(query, interpretations),
      query.type === 'shop' ? NONE : this.#products(query, interpretations),
    ])
    return { shops, products, facets: async () => facets }
  }

  async list(query: PlaceQuery): Promise<Found> {
    const [answer] = await this.#ask([listBody(query, MOST_LISTED)])
    return listed(productsOf(answer), query)
  }

  async suggest(interpretations: Interpretation[], { city, size }: SuggestionQuery) {
    if (interpretations.length === 0) return { shops: [], products: [] }
    const [shops, names] = await this.session.ask([
      { table: 'shops', body: suggestedShopsBody(interpretations, city, size) },
      { table: 'search_names', body: namesBody(interpretations, SUGGESTED) },
    ])
    const matched = matchedNamesOf(names)
    const products: ProductHit[] = []
    for (let at = 0; at < matched.length && products.length < size; at += size) {
      const some = matched.slice(at, at + size)
      const answers = await this.#ask(some.map(({ name }) => suggestedProductBody(name, city)))
      products.push(...answers.flatMap(productsOf))
    }
    return { shops: shopsOf(shops), products: products.slice(0, size) }
  }

  async #shops(query: PlaceQuery, interpretations: Interpretation[]) {
    const body = shopsBody(interpretations, query, query.limit)
    const [answer] = await this.session.ask([{ table: 'shops', body }])
    return shopsOf(answer)
  }

  /** Searches by shop names only when product names do not fill the page. */
  async #products(query: PlaceQuery, interpretations: Interpretation[]): Promise<FoundProducts> {
    const [names, shops] = await this.session.ask([
      { table: 'search_names', body: namesBody(interpretations) },
      { table: 'search_names', body: shopsCalledBody(interpretations) },
    ])
    const matched = matchedNamesOf(names)
    const found = await this.#named(matched, query)
    if (found.products.length >= query.limit || !isAny(shops)) return found
    const others = await this.#ofShops(query, interpretations, matched)
    return {
      products: [...found.products, ...others.products],
      facets: addedFacets(found.facets, others.facets),
    }
  }

  async #named(matched: MatchedName[], query: PlaceQuery): Promise<FoundProducts> {
    if (matched.length === 0) return NONE
    const called = matched.map(({ name }) => name)
    const [counts] = await this.#ask([soldBody(called, query)])
    const sold = soldOf(matched, counts)
    const names = query.grouped ? sold.slice(0, query.limit) : filling(query.limit, sold)
    const slices = slicesOf(query, measuresOf(counts))
    const products = await this.#offers(names, slices, query)
    return {
      products: query.grouped ? grouped(products, query.order) : products,
      facets: toFacets(counts.aggregations, matched.length < MOST_NAMES),
    }
  }

  /** Includes sold-out offers only when there are few others. */
  async #offers(names: SoldName[], slices: Slice[], query: PlaceQuery): Promise<ProductHit[]> {
    const most = query.grouped ? OFFERS : query.limit
    const wanted = names
      .flatMap((name) => [
        ...(name.stocked > 0 ? [{ name, inStock: true }] : []),
        ...(name.stocked < Math.min(most, name.all) ? [{ name, inStock: false }] : []),
      ])
      .flatMap((part) => slices.map((slice) => ({ ...part, slice })))
    const answers = await this.#ask(
      wanted.map(({ name, inStock, slice }) =>
        offersBody(name.name, query, { ...slice, inStock }, most)
      )
    )
    return bestOf(
      wanted.flatMap(({ name: { score } }, at) =>
        productsOf(answers[at]).map((hit) => ({ ...hit, score }))
      )
    )
  }

  /** Products matched by their shop or its city, excluding names already `matched`. */
  async #ofShops(query: PlaceQuery, interpretations: Interpretation[], matched: MatchedName[]) {
    const called = matched.map(({ name }) => name)
    const body = productsOfShopsBody(interpretations, query, query.limit, called)
    const [answer] = await this.#ask([body])
    return {
      products: await this.#withOffers(answer, interpretations, query),
      facets: toFacets(answer.aggregations, !answer.terminated_early),
    }
  }

  /** The products of a response; when grouped, with the offers of other shops. */
  async #withOffers(heads: Answer, interpretations: Interpretation[], query: PlaceQuery) {
    if (!query.grouped || heads.hits.hits.length === 0) return productsOf(heads).sort(compareHits)
    const [{ aggregations }] = await this.#ask([
      offersOfShopsBody(namesOf(heads), interpretations, query),
    ])
    const { buckets }: { buckets: Record<string, Answer>[] } = aggregations[NAMES]
    const products = buckets.flatMap((bucket) => productsOf(bucket[BEST])).sort(compareHits)
    return grouped(products, query.order)
  }

  async #ask(bodies: TableSearch['body'][]): Promise<Answer[]> {
    if (bodies.length === 0) return []
    return this.session.ask(bodies.map((body) => ({ table: 'products', body })))
  }
}

/** The best names that together have at least `size` products in stock. */
function filling(size: number, names: SoldName[]) {
  let stocked = 0
  return names.filter(({ stocked: more }) => {
    const isWanted = stocked < size
    stocked += more
    return isWanted
  })
}
