import { compareHits, isInStock } from '#search/merge_hits'
import type { Candidate, Kind } from '#search/embedded/candidates'
import type { Catalogue, Found } from '#search/embedded/catalogue'
import type { Interpretation } from '#search/embedded/interpretation'
import type { City, Names, Scope } from '#search/embedded/statements'
import type { ProductHit, SearchHit, ShopHit } from '#search/search_engine'

/** How many names to consider at first, and how many times as many when they led to too little. */
const NAMES = 400
const THOROUGHLY = 20

/** Words in as many names are equally common. */
const COMMON = 1_000

/** How many cities to search in when words of the query name cities. */
const CITIES = 20

/** How many products to look at for words of a product and of a shop: a few, and then for thoroughness. */
const EXAMINED = [200, 4_000]

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

  /**
   * Goes by the products of the name and by those of the shops, for one of the two may be few: until one
   * has filled the page or has come to its end, the second time beginning with the one that found more.
   */
  async #ofProductAndShop(product: Candidate[][], shop: Candidate[][], scope: Scope) {
    const names = await this.#rarestFirst('product', product)
    const shops = await this.#rarestFirst('shop', shop)
    const sides = [
      (examine: number) => {
        const condition = { words: shop, examine }
        return this.catalogue.productsNamed(names, { ...scope, condition })
      },
      (examine: number) => {
        const condition = { words: product, examine }
        return this.catalogue.productsOfShopsNamed(shops, { ...scope, condition })
      },
    ]
    const found: ProductHit[][] = []
    for (const examine of EXAMINED) {
      const counts = new Map<(typeof sides)[number], number>()
      for (const side of sides) {
        const { hits, examined } = await side(examine)
        found.push(hits)
        if (examined === null || examined < examine) return bestOf(found.flat())
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

  async #citiesOf(words: Candidate[][] | undefined): Promise<City[] | null> {
    if (!words) return this.cities
    const named = await this.catalogue.citiesNamed({ words, limit: CITIES })
    if (!this.cities) return named
    return named.filter(({ name }) => this.cities!.some((city) => city.name === name))
  }

  async #rarestFirst(kind: Kind, words: Candidate[][]): Promise<Names> {
    const sorted = words.length > 1 ? await this.#byCommonness(kind, words) : words
    return { words: sorted, limit: Math.max(this.limit, Math.ceil(NAMES / sorted[0].length)) }
  }

  async #byCommonness(kind: Kind, words: Candidate[][]) {
    const counts = await this.catalogue.commonness(kind, words, COMMON)
    return [...words.keys()].sort((a, b) => counts[a] - counts[b]).map((at) => words[at])
  }
}

/** The hits in order, each once, with the best score that it has. */
export function bestOf<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  const seen = new Set<string>()
  return hits.toSorted(compareHits).filter(({ id }) => !seen.has(id) && seen.add(id))
}
