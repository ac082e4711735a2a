import { facetsOf } from '#search/facets'
import { round } from '#search/hits'
import { countsOf, toFacets, type FacetCount } from '#search/postgres/filters'
import { byProductAndShop } from '#search/postgres/product_and_shop'
import * as statements from '#search/postgres/statements/hits'
import { productsSuggested, type SuggestedProduct } from '#search/postgres/statements/suggestions'
import { bestOf, isInStock } from '#search/ranking'
import { FIELDS } from '#search/weights'
import type { Assignment } from '#search/postgres/assignments'
import type { Catalogue } from '#search/postgres/catalogue'
import type { Lead } from '#search/postgres/names'
import type { Candidate } from '#search/postgres/candidates'
import type { City } from '#search/postgres/statements/leads'
import type { ProductScope } from '#search/postgres/statements/hits'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { ProductHit, SearchHit, ShopHit } from '#search/search_engine'
import type { PlaceQuery } from '#search/search_index'

/** Number of names to look up, and for a second attempt when those found too little. */
const NAMES = [1_000, 20_000]

/** Batch sizes of names to follow: the first few usually fill the page. */
const STEPS = [60, 600]

/** Product names considered for suggestions. */
const SUGGESTED = 100

/** Maximum cities searched when query words name cities. */
const CITIES = 20

/** Offers considered, and shown, per product. */
const OFFERS = 6

/** Maximum assignments followed per search; more take longer than they are worth. */
const MOST_LOOKS = 40

type Words = Assignment['words']

/** Finds hits for an assignment in one place. */
export class Finder {
  /**
   * @param cities to search, null for everywhere
   * @param limit maximum hits of each type
   */
  constructor(
    private catalogue: Catalogue,
    private vocabulary: Vocabulary,
    private query: PlaceQuery,
    private cities: City[] | null,
    private limit: number
  ) {}

  #followed = new Map<Assignment, SearchHit[]>()

  /** Whether shop or city words helped to find products. */
  hasNarrowed = false

  /** Counts all products found by name; of others, only those on the page. */
  async facets(page: ProductHit[], more: boolean) {
    const isAll = page.length === 0 || this.hasNarrowed
    const { grouped } = this.query
    const counts = countsOf(page, { ...this.#scope(this.cities), grouped })
    const facets = isAll ? facetsOf(page) : toFacets(await this.catalogue.rows<FacetCount>(counts))
    return { ...facets, exact: facets.exact && !more }
  }

  /** Product names, best first. */
  productNames(words: Candidate[][], limit: number) {
    const leads = this.vocabulary.names('product').find(words, NAMES[0]).slice(0, SUGGESTED)
    const scope = { cities: this.cities, shops: null, limit }
    return this.catalogue.rows<SuggestedProduct>(productsSuggested(leads, scope))
  }

  /** Follows assignments until the next cannot improve the result. */
  async bestFirst<Hit extends SearchHit>(
    assignments: Assignment[],
    find: (assignment: Assignment, found: number) => Promise<Hit[]>
  ): Promise<Hit[]> {
    let hits: Hit[] = []
    for (const assignment of assignments) {
      if (hits.length >= this.limit && hits[this.limit - 1].score >= assignment.best) break
      let found = this.#followed.get(assignment) as Hit[] | undefined
      if (!found) {
        if (this.#followed.size >= MOST_LOOKS) break
        found = await find(assignment, hits.length)
        this.#followed.set(assignment, found)
      }
      hits = bestOf([...hits, ...found])
    }
    return hits
  }

  async shops({ shop, city }: Words): Promise<ShopHit[]> {
    const { limit, catalogue } = this
    const { shops } = this.query
    const cities = this.#citiesOf(city)
    if (cities?.length === 0) return []
    if (!shop) return catalogue.shops(statements.shopsInCities({ cities: cities!, shops, limit }))
    return this.#follow(
      limit,
      (most) => this.#shopLeads(shop, cities, FIELDS.shop.shop, most),
      (leads) => catalogue.shops(statements.shopsNamed(leads, { shops, limit }))
    )
  }

  /** @param thorough search further for products where both name and shop must match */
  async products({ product, shop, city }: Words, thorough: boolean): Promise<ProductHit[]> {
    const { catalogue } = this
    const cities = this.#citiesOf(city)
    if (cities?.length === 0) return []
    const scope = this.#scope(cities)
    if (shop || city) this.hasNarrowed = true
    if (product && shop) {
      const products = { words: product, leads: this.#productLeads(product, NAMES[0]) }
      const leads = this.#shopLeads(shop, cities, FIELDS.product.shop, NAMES[0])
      const most = { page: this.limit, thorough }
      return byProductAndShop(catalogue, products, { words: shop, leads }, scope, most)
    }
    if (product) {
      return this.#follow(
        scope.limit,
        (most) => this.#productLeads(product, most),
        (leads) => catalogue.products(statements.productsNamed(leads, scope))
      )
    }
    if (shop) {
      return this.#follow(
        scope.limit,
        (most) => this.#shopLeads(shop, cities, FIELDS.product.shop, most),
        (leads) => catalogue.products(statements.productsOfShopsNamed(leads, scope))
      )
    }
    return catalogue.products(statements.productsInCities({ ...scope, cities: cities! }))
  }

  /**
   * Follows names, best first, until enough hits are found. Sold-out hits do not suffice while an equally good
   * name may lead to available ones.
   */
  async #follow<Hit extends SearchHit>(
    limit: number,
    leadsOf: (most: number) => Lead[],
    find: (leads: Lead[]) => Promise<Hit[]>
  ): Promise<Hit[]> {
    const hits: Hit[] = []
    let at = 0
    for (const most of NAMES) {
      const leads = leadsOf(most)
      while (at < leads.length) {
        const end = at + (STEPS.find((step) => at < step) ?? leads.length)
        hits.push(...(await find(leads.slice(at, end))))
        at = end
        const next = round(leads[at]?.score ?? 0)
        const isSettled = hits.every((hit) => isInStock(hit) || hit.score > next)
        if (hits.length >= limit && isSettled) return hits
      }
      if (leads.length < most) break
    }
    return hits
  }

  #productLeads(words: Candidate[][], most: number): Lead[] {
    return weighted(this.vocabulary.names('product').find(words, most), FIELDS.product.product)
  }

  #shopLeads(words: Candidate[][], cities: City[] | null, weight: number, most: number): Lead[] {
    const ofCity = cities && new Map(cities.map(({ name, score }) => [name, score]))
    const within = ofCity && new Set(ofCity.keys())
    const leads = weighted(this.vocabulary.names('shop').find(words, most, within), weight)
    if (!ofCity) return leads
    return leads
      .map((lead) => ({ ...lead, score: lead.score + ofCity.get(lead.detail)! }))
      .sort((a, b) => b.score - a.score)
  }

  /** Grouping needs more rows, but few per name. */
  #scope(cities: City[] | null): ProductScope {
    const { grouped } = this.query
    const limit = grouped ? this.limit * OFFERS : this.limit
    return { ...this.query, cities, limit, perName: grouped ? OFFERS : null }
  }

  #citiesOf(words: Candidate[][] | undefined): City[] | null {
    if (!words) return this.cities
    const named = weighted(this.vocabulary.names('city').find(words, CITIES), FIELDS.product.city)
    if (!this.cities) return named.slice(0, CITIES)
    return named.filter(({ name }) => this.cities!.some((city) => city.name === name))
  }
}

function weighted(leads: Lead[], weight: number): Lead[] {
  return leads.map((lead) => ({ ...lead, score: lead.score * weight }))
}
