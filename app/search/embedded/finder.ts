import { compareHits, isInStock } from '#search/merge_hits'
import type { Candidate, Kind } from '#search/embedded/candidates'
import type { Catalogue, Found } from '#search/embedded/catalogue'
import type { Interpretation } from '#search/embedded/interpretation'
import type { City, Names, Scope } from '#search/embedded/statements'
import type { ProductHit, SearchHit, ShopHit } from '#search/search_engine'

/** How many names to consider at first, and when they led to too little. */
const NAMES = 200
const MANY_NAMES = 5_000

/** A word in fewer names is rare, one in as many names is common. */
const RARE = 300
const COMMON = 1_000

/** How many cities to search in when words of the query name cities. */
const CITIES = 20

/** How many products to look at for words of a product and of a shop, led by either. */
const EXAMINED_BY_NAME = 3_000
const EXAMINED_BY_SHOP = 10_000

type Words = Interpretation['words']

/** Finds the hits of one interpretation of a query. */
export class Finder {
  /**
   * @param cities where to search, null for everywhere
   * @param limit the most hits to find of each type
   */
  constructor(
    private catalogue: Catalogue,
    private cities: City[] | null,
    private limit: number
  ) {}

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
    const scope = { cities, limit: this.limit }
    const { catalogue } = this
    if (product && shop) return this.#ofProductAndShop(product, shop, scope)
    if (product) {
      return this.#byName('product', product, (names) => catalogue.productsNamed(names, scope))
    }
    if (shop) {
      return this.#byName('shop', shop, (names) => catalogue.productsOfShopsNamed(names, scope))
    }
    return catalogue.productsInCities({ ...scope, cities: cities! })
  }

  /** Looks from the side of the shop when few shops have the name, else from that of the product. */
  async #ofProductAndShop(product: Candidate[][], shop: Candidate[][], scope: Scope) {
    const byShop = await this.#rarestFirst('shop', shop)
    const ofShops = async () => {
      const condition = { words: product, examine: EXAMINED_BY_SHOP }
      const names = { words: byShop.words, limit: COMMON }
      return (await this.catalogue.productsOfShopsNamed(names, { ...scope, condition })).hits
    }
    if (byShop.names < RARE) return ofShops()
    const { words } = await this.#rarestFirst('product', product)
    const condition = { words: shop, examine: EXAMINED_BY_NAME }
    const names = { words, limit: NAMES }
    const { hits } = await this.catalogue.productsNamed(names, { ...scope, condition })
    if (hits.length >= this.limit || byShop.names >= COMMON) return hits
    return bestOf([...hits, ...(await ofShops())])
  }

  /** Considers more names when the first ones led to too little, or to what is sold out. */
  async #byName<Hit extends SearchHit>(
    kind: Kind,
    words: Candidate[][],
    find: (names: Names) => Promise<Found<Hit>>
  ): Promise<Hit[]> {
    const rarestFirst = words.length > 1 ? (await this.#rarestFirst(kind, words)).words : words
    const { hits, considered } = await find({ words: rarestFirst, limit: NAMES })
    if (considered < NAMES || (hits.length >= this.limit && hits.every(isInStock))) return hits
    return (await find({ words: rarestFirst, limit: MANY_NAMES })).hits
  }

  async #citiesOf(words: Candidate[][] | undefined): Promise<City[] | null> {
    if (!words) return this.cities
    const named = await this.catalogue.citiesNamed({ words, limit: CITIES })
    if (!this.cities) return named
    return named.filter(({ name }) => this.cities!.some((city) => city.name === name))
  }

  async #rarestFirst(kind: Kind, words: Candidate[][]) {
    const counts = await this.catalogue.commonness(kind, words, COMMON)
    const order = [...words.keys()].sort((a, b) => counts[a] - counts[b])
    return { words: order.map((at) => words[at]), names: Math.min(...counts) }
  }
}

/** The hits in order, each once, with the best score that it has. */
export function bestOf<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  const seen = new Set<string>()
  return hits.toSorted(compareHits).filter(({ id }) => !seen.has(id) && seen.add(id))
}
