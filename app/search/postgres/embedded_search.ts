import { type Finder, bestOf } from '#search/postgres/finder'
import { grouped } from '#search/group_hits'
import { interpretationsOf, WEIGHTS } from '#search/postgres/interpretation'
import type { TypedWord } from '#search/postgres/candidates'
import type { Interpretation } from '#search/postgres/interpretation'
import type { Reader } from '#search/postgres/reader'
import type { ProductHit, SearchHit, SearchQuery, ShopHit } from '#search/search_engine'

export interface Hits {
  shops: ShopHit[]
  products: ProductHit[]
}

const NONE: Hits = { shops: [], products: [] }

/** Looking at more ways to read a query than this takes longer than it is worth. */
const MOST_LOOKS = 40

/**
 * One search in one place.
 *
 * Nothing here looks at all rows. Typing errors are forgiven against the vocabulary, the distinct words;
 * words lead to names, the distinct names; and names lead through an index to rows, the best name first,
 * until there are enough.
 */
export class EmbeddedSearch {
  #looks = 0

  /** @param limit the most hits to find of each type */
  constructor(
    private reader: Reader,
    private finder: Finder,
    private query: SearchQuery,
    private limit: number
  ) {}

  async hits(): Promise<Hits> {
    if (this.reader.isEmpty) return NONE
    const asTyped = await this.#withAll(this.reader.asTyped())
    if (countOf(asTyped) >= this.query.size) return asTyped
    const forgiven = merged(asTyped, await this.#withAll(this.reader.forgiving()))
    if (countOf(forgiven) > 0) return forgiven
    for (const readings of this.reader.inPart()) {
      const hits = await this.#withAll(readings)
      if (countOf(hits) > 0) return hits
    }
    return NONE
  }

  async #withAll(readings: TypedWord[][]): Promise<Hits> {
    const { type, category, priceFrom, priceTo, inStock } = this.query
    const isFiltered = category !== null || priceFrom !== null || priceTo !== null || inStock
    return {
      shops:
        type === 'product' || isFiltered
          ? []
          : await this.#bestFirst(interpretationsOf(readings, WEIGHTS.shop), (words) =>
              this.finder.shops(words)
            ),
      products:
        type === 'shop'
          ? []
          : await this.#bestFirst(
              interpretationsOf(readings, WEIGHTS.product),
              async (words, found) => {
                const products = await this.finder.products(words, found === 0)
                return this.query.grouped ? grouped(products) : products
              }
            ),
    }
  }

  /** Follows the interpretations until the next one cannot bring anything better. */
  async #bestFirst<Hit extends SearchHit>(
    ways: Interpretation[],
    find: (words: Interpretation['words'], found: number) => Promise<Hit[]>
  ): Promise<Hit[]> {
    let hits: Hit[] = []
    for (const { words, best } of ways) {
      if (hits.length >= this.limit && hits[this.limit - 1].score >= best) break
      if (++this.#looks > MOST_LOOKS) break
      hits = bestOf([...hits, ...(await find(words, hits.length))])
    }
    return hits.slice(0, this.limit)
  }
}

export function merged(one: Hits, other: Hits): Hits {
  return {
    shops: bestOf([...one.shops, ...other.shops]),
    products: bestOf([...one.products, ...other.products]),
  }
}

function countOf({ shops, products }: Hits) {
  return shops.length + products.length
}
