import { assignmentsOf, type Assignment } from '#search/postgres/assignments'
import { Catalogue } from '#search/postgres/catalogue'
import { Finder } from '#search/postgres/finder'
import { Phrasings } from '#search/postgres/phrasings'
import { productsListed } from '#search/postgres/statements/hits'
import { listed, MOST_LISTED } from '#search/listed'
import { grouped } from '#search/ranking'
import { isFiltered } from '#search/filters'
import { searchFor } from '#search/search_engine'
import { FIELDS } from '#search/weights'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Found, IndexView, Interpretation, PlaceQuery } from '#search/search_index'
import type { SuggestionQuery } from '#search/search_engine'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

const SUGGESTION_LOOKS = 3

/** Two limits only, to keep the number of distinct statements low. */
const roundedUp = (limit: number) => (limit <= 21 ? 21 : 51)

/**
 * The database during one search.
 *
 * No full scans: typing errors are corrected with the vocabulary, words lead to distinct names, and names lead
 * through an index to rows, best names first, until there are enough.
 */
export class PostgresView implements IndexView {
  #catalogue: Catalogue
  #phrasings: Phrasings
  #finders = new Map<string, Finder>()
  #assignments = {
    shop: new Map<Interpretation, Assignment[]>(),
    product: new Map<Interpretation, Assignment[]>(),
  }

  constructor(
    client: TransactionClientContract,
    private vocabulary: Vocabulary
  ) {
    this.#catalogue = new Catalogue(client)
    this.#phrasings = new Phrasings(vocabulary)
  }

  known(words: string[]) {
    return this.#phrasings.known(words)
  }

  misspelt(words: string[]) {
    return this.#phrasings.misspelt(words)
  }

  async find(interpretations: Interpretation[], query: PlaceQuery): Promise<Found> {
    const limit = roundedUp(query.limit)
    const finder = this.#finderIn(query, limit)
    const wantsShops = query.type !== 'product' && !isFiltered(query)
    const shops = wantsShops ? this.#assignmentsOf(interpretations, 'shop') : []
    const products = query.type === 'shop' ? [] : this.#assignmentsOf(interpretations, 'product')
    return {
      shops: await finder.bestFirst(shops, ({ words }) => finder.shops(words)),
      products: await finder.bestFirst(products, async ({ words }, found) => {
        const hits = await finder.products(words, found === 0)
        return query.grouped ? grouped(hits, query.order) : hits
      }),
      facets: (page, more) => finder.facets(page, more),
    }
  }

  async list(query: PlaceQuery): Promise<Found> {
    const cities = query.city === null ? [] : this.vocabulary.citiesLike(query.city)
    const statement = productsListed({ ...query, limit: MOST_LISTED }, cities)
    return listed(await this.#catalogue.products(statement), query)
  }

  async suggest(interpretations: Interpretation[], { prefix, city, size }: SuggestionQuery) {
    const finder = this.#finderIn(
      { ...searchFor({ q: prefix, city }), shops: null, amount: null, limit: size },
      size
    )
    const phrasings = interpretations.flatMap((one) => this.#phrasings.of(one))
    const looks = (weights: Parameters<typeof assignmentsOf>[1]) => {
      return assignmentsOf(phrasings, weights).slice(0, SUGGESTION_LOOKS)
    }
    const products = await firstOf(
      looks({ product: FIELDS.product.product }),
      size,
      ({ words }) => {
        return finder.productNames(words.product!, size)
      }
    )
    const shops = await firstOf(looks({ shop: FIELDS.shop.shop }), size, ({ words }) =>
      finder.shops(words)
    )
    return { products, shops }
  }

  #finderIn(query: PlaceQuery, limit: number): Finder {
    const { city, shops } = query
    const place = JSON.stringify([city, shops])
    const known = this.#finders.get(place)
    if (known) return known
    const cities = city === null ? null : this.vocabulary.citiesLike(city)
    const places = cities && cities.map((name) => ({ name, score: 0 }))
    const finder = new Finder(this.#catalogue, this.vocabulary, query, places, limit)
    this.#finders.set(place, finder)
    return finder
  }

  /** Returns the same objects each time, so that results per assignment are memoised. */
  #assignmentsOf(interpretations: Interpretation[], type: keyof typeof FIELDS): Assignment[] {
    const assignments = interpretations.flatMap((interpretation) => {
      const known = this.#assignments[type].get(interpretation)
      if (known) return known
      const phrasings = this.#phrasings.of(interpretation)
      const own = assignmentsOf(phrasings, FIELDS[type])
      this.#assignments[type].set(interpretation, own)
      return own
    })
    return assignments.sort((a, b) => b.best - a.best)
  }
}

/** The best distinct names of the first assignments. */
async function firstOf<Named extends { name: string; score: number }>(
  assignments: Assignment[],
  size: number,
  find: (assignment: Assignment) => Promise<Named[]>
): Promise<Named[]> {
  const found = new Map<string, Named>()
  for (const assignment of assignments) {
    if (found.size >= size) break
    for (const named of await find(assignment)) {
      const key = 'id' in named ? String(named.id) : named.name
      if (!found.has(key)) found.set(key, named)
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score).slice(0, size)
}
