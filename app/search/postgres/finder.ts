import { compareHits, isInStock } from '#search/ranking'
import { round, type Catalogue } from '#search/postgres/catalogue'
import { WEIGHTS, type Interpretation } from '#search/postgres/interpretation'
import { matchOf, wordsOfName, type Lead } from '#search/postgres/names'
import type { Candidate, Kind } from '#search/postgres/candidates'
import type { City } from '#search/postgres/statements/leads'
import type { ProductScope } from '#search/postgres/statements/hits'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { ProductHit, SearchHit, SearchQuery, ShopHit } from '#search/search_engine'

/** How many names to look for, and how many when those led to too little. */
const NAMES = [1_000, 20_000]

/** Names are followed so many at once, then more: mostly the first few fill the page. */
const STEPS = [60, 600]

/** How many names of products to suggest from. */
const SUGGESTED = 100

/** As many names can be listed for the products that must have one of them. */
const LISTED = 1_000

/** How many cities to search in when words of the query name cities. */
const CITIES = 20

/** How many products to look at for words of a product and of a shop: a few, and more for thoroughness. */
const EXAMINED = [200, 600, 3_000]

/** How many shops that sell the same to look at, and to show. */
const OFFERS = 6

type Words = Interpretation['words']

/** Finds the hits of one interpretation of a query. */
export class Finder {
  /**
   * @param cities where to search, null for everywhere
   * @param limit the most hits to find of each type
   */
  constructor(
    private catalogue: Catalogue,
    private vocabulary: Vocabulary,
    private query: SearchQuery,
    private cities: City[] | null,
    private limit: number
  ) {}

  /** Whether words of a shop or a city took part in finding products. */
  hasNarrowed = false

  /** What the products of the names of these are, counted. */
  facets(products: ProductHit[]) {
    return this.catalogue.facets(products, this.#scope(this.cities))
  }

  /** Names of products, the best first. */
  productNames(words: Candidate[][], limit: number) {
    const leads = this.vocabulary.names('product').find(words, NAMES[0]).slice(0, SUGGESTED)
    return this.catalogue.productsSuggested(leads, { cities: this.cities, limit })
  }

  async shops({ shop, city }: Words): Promise<ShopHit[]> {
    const { limit, catalogue } = this
    const cities = this.#citiesOf(city)
    if (cities?.length === 0) return []
    if (!shop) return catalogue.shopsInCities({ cities: cities!, limit })
    return this.#follow(
      limit,
      (most) => this.#shopLeads(shop, cities, WEIGHTS.shop.shop, most),
      (leads) => catalogue.shopsNamed(leads, limit)
    )
  }

  /** @param thorough whether to go far for products of which both the name and the shop must match */
  async products({ product, shop, city }: Words, thorough: boolean): Promise<ProductHit[]> {
    const { catalogue } = this
    const cities = this.#citiesOf(city)
    if (cities?.length === 0) return []
    const scope = this.#scope(cities)
    if (shop || city) this.hasNarrowed = true
    if (product && shop) return this.#ofProductAndShop(product, shop, scope, thorough)
    if (product) {
      return this.#follow(
        scope.limit,
        (most) => this.#productLeads(product, most),
        (leads) => catalogue.productsNamed(leads, scope)
      )
    }
    if (shop) {
      return this.#follow(
        scope.limit,
        (most) => this.#shopLeads(shop, cities, WEIGHTS.product.shop, most),
        (leads) => catalogue.productsOfShopsNamed(leads, scope)
      )
    }
    return catalogue.productsInCities({ ...scope, cities: cities! })
  }

  /**
   * Goes by the products of the name and by those of the shops, for one of the two may be few: until one
   * has filled the page or has come to its end, the second time beginning with the one that found more.
   */
  async #ofProductAndShop(
    product: Candidate[][],
    shop: Candidate[][],
    scope: ProductScope,
    thorough: boolean
  ) {
    const { catalogue } = this
    const products = this.#productLeads(product, NAMES[0])
    const shops = this.#shopLeads(shop, scope.cities, WEIGHTS.product.shop, NAMES[0])
    const productScore = scoreOf('product', product)
    const shopScore = scoreOf('shop', shop)
    const sides = [
      {
        leads: products,
        find: (leads: Lead[], examine: number) =>
          catalogue.productsNamedIn(leads, scope, { among: listed(shops), examine }),
        other: ({ shopName }: ProductHit) => shopScore([shopName]),
      },
      {
        leads: shops,
        find: (leads: Lead[], examine: number) =>
          catalogue.productsOfShopsNamedIn(leads, scope, { among: listed(products), examine }),
        other: ({ name, nameHi }: ProductHit) => productScore([name, nameHi ?? '']),
      },
    ]
    const found: ProductHit[][] = []
    for (const examine of thorough ? EXAMINED : EXAMINED.slice(0, 1)) {
      const counts = new Map<(typeof sides)[number], number>()
      for (const side of sides) {
        const leads = side.leads.slice(0, examine / 2)
        const { hits, examined } = await side.find(leads, examine)
        const met = hits.flatMap((hit) => {
          const other = side.other(hit)
          return other === null ? [] : { ...hit, score: round(hit.score + other) }
        })
        found.push(met.slice(0, scope.limit))
        const isEnd = examined < examine && leads.length === side.leads.length
        if (isEnd || met.length >= this.limit) return bestOf(found.flat())
        counts.set(side, met.length)
      }
      sides.sort((a, b) => counts.get(b)! - counts.get(a)!)
    }
    return bestOf(found.flat())
  }

  /**
   * Follows names until they have led to enough, the best first: what is sold out is not enough as long as
   * another name that matches as well may lead to what is not.
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
    return weighted(this.vocabulary.names('product').find(words, most), WEIGHTS.product.product)
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

  /** Where several shops that sell the same make one hit, more rows are needed, but few of each name. */
  #scope(cities: City[] | null): ProductScope {
    const { category, priceFrom, priceTo, inStock, grouped } = this.query
    const filters = { category, priceFrom, priceTo, inStock }
    const limit = grouped ? this.limit * OFFERS : this.limit
    return { cities, limit, perName: grouped ? OFFERS : null, ...filters }
  }

  #citiesOf(words: Candidate[][] | undefined): City[] | null {
    if (!words) return this.cities
    const named = weighted(this.vocabulary.names('city').find(words, CITIES), WEIGHTS.product.city)
    if (!this.cities) return named.slice(0, CITIES)
    return named.filter(({ name }) => this.cities!.some((city) => city.name === name))
  }
}

function weighted(leads: Lead[], weight: number): Lead[] {
  return leads.map((lead) => ({ ...lead, score: lead.score * weight }))
}

function listed(leads: Lead[]): Lead[] | null {
  return leads.length < LISTED ? leads : null
}

/** The score that a name adds, or null when it does not match. */
function scoreOf(kind: Kind, words: Candidate[][]) {
  const match = matchOf(words)
  return (texts: string[]) => {
    const score = match(wordsOfName(...texts))
    return score === null ? null : score * WEIGHTS.product[kind]
  }
}

/** The hits in order, each once, with the best score that it has. */
export function bestOf<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  const seen = new Set<string>()
  return hits.toSorted(compareHits).filter(({ id }) => !seen.has(id) && seen.add(id))
}
