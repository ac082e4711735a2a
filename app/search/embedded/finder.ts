import { compareHits, isInStock } from '#search/merge_hits'
import type { Candidate, Kind } from '#search/embedded/candidates'
import type { Catalogue, Found } from '#search/embedded/catalogue'
import type { Interpretation } from '#search/embedded/interpretation'
import type { ProductScope } from '#search/embedded/statements/hits'
import type { City, Names } from '#search/embedded/statements/names'
import type { ProductHit, SearchHit, SearchQuery, ShopHit } from '#search/search_engine'

/**
 * How many names of products to consider for one candidate and for each of several, so that those in
 * stock are among them; of shops a page is enough. And how many times as many when they led to too little.
 */
const NAMES = 400
const NAMES_OF_EACH = 100
const THOROUGHLY = 20

/** Words in as many names are equally common. */
const COMMON = 1_000

/** How many cities to search in when words of the query name cities. */
const CITIES = 20

/** How many products to look at for words of a product and of a shop: a few, and then for thoroughness. */
const EXAMINED = [200, 3_000]

/** How many shops that sell the same to look at, and to show. */
const OFFERS = 6

type Words = Interpretation['words']

/** Finds the hits of one interpretation of a query. */
export class Finder {
  #counts = new Map<string, Promise<number[]>>()

  /**
   * @param cities where to search, null for everywhere
   * @param limit the most hits to find of each type
   */
  constructor(
    private catalogue: Catalogue,
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
  async productNames(words: Candidate[][], limit: number) {
    const { words: sorted } = await this.#rarestFirst('product', words)
    const scope = { cities: this.cities, limit }
    return this.catalogue.productsSuggested({ words: sorted, limit: NAMES_OF_EACH }, scope)
  }

  async shops({ shop, city }: Words): Promise<ShopHit[]> {
    const cities = await this.#citiesOf(city)
    if (cities?.length === 0) return []
    const scope = { cities, limit: this.limit }
    if (shop) return this.#byName('shop', shop, (names) => this.catalogue.shopsNamed(names, scope))
    return this.catalogue.shopsInCities({ ...scope, cities: cities! })
  }

  async products({ product, shop, city }: Words): Promise<ProductHit[]> {
    const cities = await this.#citiesOf(city)
    if (cities?.length === 0) return []
    const scope = this.#scope(cities)
    const { catalogue } = this
    if (shop || city) this.hasNarrowed = true
    if (product && shop) return this.#ofProductAndShop(product, shop, scope)
    if (product) {
      return this.#byName('product', product, (names) => catalogue.productsNamed(names, scope))
    }
    if (shop) {
      return this.#byName('shop', shop, (names) => catalogue.productsOfShopsNamed(names, scope))
    }
    return catalogue.productsInCities({ ...scope, cities: cities! })
  }

  /**
   * Goes by the products of the name and by those of the shops, for one of the two may be few: until one
   * has filled the page or has come to its end, the second time beginning with the one that found more.
   */
  async #ofProductAndShop(product: Candidate[][], shop: Candidate[][], scope: ProductScope) {
    const names = await this.#byCommonness('product', product)
    const shops = await this.#byCommonness('shop', shop)
    const sides = [
      (leads: number, examine: number) => {
        const condition = { ...shops, examine }
        return this.catalogue.productsNamed({ ...names, limit: leads }, { ...scope, condition })
      },
      (leads: number, examine: number) => {
        const condition = { ...names, examine }
        return this.catalogue.productsOfShopsNamed(
          { ...shops, limit: leads },
          { ...scope, condition }
        )
      },
    ]
    const found: ProductHit[][] = []
    for (const examine of EXAMINED) {
      const leads = examine / 2
      const counts = new Map<(typeof sides)[number], number>()
      for (const side of sides) {
        const { hits, considered, examined } = await side(leads, examine)
        found.push(hits)
        const isEnd = examined !== null && examined < examine && considered < leads
        if (isEnd || hits.length >= this.limit) return bestOf(found.flat())
        counts.set(side, hits.length)
      }
      sides.sort((a, b) => counts.get(b)! - counts.get(a)!)
    }
    return bestOf(found.flat())
  }

  /** Considers more names when the first ones led to too little, or to what is sold out. */
  async #byName<Hit extends SearchHit>(
    kind: Kind,
    words: Candidate[][],
    find: (names: Names) => Promise<Found<Hit>>
  ): Promise<Hit[]> {
    const names = await this.#rarestFirst(kind, words)
    const { hits, considered } = await find(names)
    const isEnough = hits.length >= this.limit && hits.every(isInStock)
    if (isEnough || considered < names.limit) return hits
    return (await find({ ...names, limit: names.limit * THOROUGHLY })).hits
  }

  /** Where several shops that sell the same make one hit, more rows are needed, but few of each name. */
  #scope(cities: City[] | null): ProductScope {
    const { category, priceFrom, priceTo, inStock, grouped } = this.query
    const filters = { category, priceFrom, priceTo, inStock }
    const limit = grouped ? this.limit * OFFERS : this.limit
    return { cities, limit, perName: grouped ? OFFERS : null, ...filters }
  }

  async #citiesOf(words: Candidate[][] | undefined): Promise<City[] | null> {
    if (!words) return this.cities
    const named = await this.catalogue.citiesNamed({ words, limit: CITIES })
    if (!this.cities) return named
    return named.filter(({ name }) => this.cities!.some((city) => city.name === name))
  }

  async #rarestFirst(kind: Kind, words: Candidate[][]): Promise<Names> {
    const sorted = words.length > 1 ? (await this.#byCommonness(kind, words)).words : words
    const names = sorted[0].length === 1 ? NAMES : NAMES_OF_EACH
    return { words: sorted, limit: kind === 'product' ? names : this.limit }
  }

  /** The words, the rarest first, and whether so few names contain that one that they can be listed. */
  async #byCommonness(kind: Kind, words: Candidate[][]) {
    const counts = await this.#countsOf(kind, words)
    const order = [...words.keys()].sort((a, b) => counts[a] - counts[b])
    return {
      words: order.map((at) => words[at]),
      limit: COMMON,
      list: counts[order[0]] < COMMON,
    }
  }

  /** Shops and products of a query are often looked up by the same words. */
  #countsOf(kind: Kind, words: Candidate[][]) {
    const key = JSON.stringify([kind, words])
    if (!this.#counts.has(key)) {
      this.#counts.set(key, this.catalogue.commonness(kind, words, COMMON))
    }
    return this.#counts.get(key)!
  }
}

/** The hits in order, each once, with the best score that it has. */
export function bestOf<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  const seen = new Set<string>()
  return hits.toSorted(compareHits).filter(({ id }) => !seen.has(id) && seen.add(id))
}
