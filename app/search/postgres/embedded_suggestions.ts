import { interpretationsOf, WEIGHTS } from '#search/postgres/interpretation'
import type { TypedWord } from '#search/postgres/candidates'
import type { Finder } from '#search/postgres/finder'
import type { Reader } from '#search/postgres/reader'
import type { SuggestedProduct } from '#search/postgres/statements/suggestions'
import type { ShopHit, Suggestions } from '#search/search_engine'

const MOST_LOOKS = 3

/** What somebody may be about to type: names of products, and shops. */
export class EmbeddedSuggestions {
  constructor(
    private reader: Reader,
    private finder: Finder,
    private size: number
  ) {}

  async suggestions(): Promise<Suggestions> {
    if (this.reader.isEmpty) return toSuggestions([], [])
    const asTyped = await this.#of(this.reader.asTyped())
    const isEnough = asTyped.products.length + asTyped.shops.length > 0
    return isEnough ? asTyped : this.#of(this.reader.forgiving())
  }

  async #of(readings: TypedWord[][]): Promise<Suggestions> {
    const { product } = WEIGHTS.product
    const products = new Map<string, SuggestedProduct>()
    for (const { words } of interpretationsOf(readings, { product }).slice(0, MOST_LOOKS)) {
      if (products.size >= this.size) break
      for (const one of await this.finder.productNames(words.product!, this.size)) {
        if (!products.has(one.name)) products.set(one.name, one)
      }
    }
    const shops = new Map<string, ShopHit>()
    const { shop } = WEIGHTS.shop
    for (const { words } of interpretationsOf(readings, { shop }).slice(0, MOST_LOOKS)) {
      if (shops.size >= this.size) break
      for (const one of await this.finder.shops(words)) shops.set(one.id, one)
    }
    const best = <Scored extends { score: number }>(found: Map<string, Scored>) => {
      return [...found.values()].sort((a, b) => b.score - a.score).slice(0, this.size)
    }
    return toSuggestions(best(products), best(shops))
  }
}

function toSuggestions(products: SuggestedProduct[], shops: ShopHit[]): Suggestions {
  const categories = products.flatMap(({ category }) => category ?? [])
  return {
    products: products.map(({ name, nameHi }) => ({ name, nameHi })),
    shops: shops.map(({ id, name, city }) => ({ id, name, city })),
    categories: [...new Set(categories)],
  }
}
