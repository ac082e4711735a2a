import { similarWords, withCandidates } from '#search/embedded/candidates'
import { forgivenErrors } from '#search/embedded/edit_distance'
import { bestOf, Finder } from '#search/embedded/finder'
import { interpretations, WEIGHTS } from '#search/embedded/interpretation'
import { mergeHits } from '#search/merge_hits'
import type { TypedWord } from '#search/embedded/candidates'
import type { Catalogue } from '#search/embedded/catalogue'
import type { Interpretation } from '#search/embedded/interpretation'
import type {
  ProductHit,
  SearchHit,
  SearchQuery,
  SearchResults,
  ShopHit,
} from '#search/search_engine'

interface Hits {
  shops: ShopHit[]
  products: ProductHit[]
}

const NONE: Hits = { shops: [], products: [] }

/** One of two, so that the database meets few different statements: room for a page and one more. */
const limitFor = (size: number) => (size <= 20 ? 21 : 51)

/** Looking at more ways to read a query than this takes longer than it is worth. */
const MOST_LOOKS = 40

/**
 * One search.
 *
 * Nothing here looks at all rows. Typing errors are forgiven against the vocabulary, the distinct words;
 * words lead to names, the distinct names; and names lead through an index to rows, the best name first,
 * until there are enough.
 */
export class EmbeddedSearch {
  #limit: number
  #finder!: Finder
  #looks = 0

  constructor(
    private catalogue: Catalogue,
    private query: SearchQuery
  ) {
    this.#limit = limitFor(query.size)
  }

  async results(): Promise<SearchResults> {
    const { shops, products } = await this.#find()
    return mergeHits(shops, products, this.query.size)
  }

  async #find(): Promise<Hits> {
    const { q, city, size } = this.query
    const typed = await this.catalogue.typedWords(q)
    const cities = city === null ? null : await this.catalogue.citiesLike(city)
    if (typed.length === 0 || cities?.length === 0) return NONE
    this.#finder = new Finder(this.catalogue, cities, this.#limit)

    const asTyped = await this.#withAll(typed)
    if (countOf(asTyped) >= size) return asTyped
    const forgiven = await this.#forgive(typed)
    const found = forgiven ? await this.#withAll(forgiven) : asTyped
    return countOf(found) > 0 ? found : this.#withSome(forgiven ?? typed)
  }

  /** Adds the words that may have been meant; null when that adds nothing. */
  async #forgive(typed: TypedWord[]): Promise<TypedWord[] | null> {
    const wanted = typed
      .map(({ word }) => ({ word, errors: forgivenErrors(word) }))
      .filter(({ errors }) => errors > 0)
    if (wanted.length === 0) return null
    const near = await this.catalogue.neighbours(wanted)
    const forgiven = typed.map((one) => {
      return withCandidates(one, similarWords(one.word, near.get(one.word) ?? []))
    })
    const isRicher = forgiven.some((one, at) => one.candidates.length > typed[at].candidates.length)
    return isRicher ? forgiven : null
  }

  /** What matches all words but those that nothing is like, or all but one, or at least one. */
  async #withSome(typed: TypedWord[]): Promise<Hits> {
    const known = typed.filter(({ candidates }) => candidates.length > 0)
    const attempts = [
      known.length < typed.length ? [known] : [],
      known.length > 2 ? known.map((_, at) => known.toSpliced(at, 1)) : [],
      known.length > 1 ? known.map((one) => [one]) : [],
    ]
    for (const attempt of attempts) {
      const found = []
      for (const words of attempt) found.push(await this.#withAll(words))
      const shops = bestOf(found.flatMap((hits) => hits.shops))
      const products = bestOf(found.flatMap((hits) => hits.products))
      if (shops.length + products.length > 0) return { shops, products }
    }
    return NONE
  }

  async #withAll(typed: TypedWord[]): Promise<Hits> {
    const { type } = this.query
    const finder = this.#finder
    return {
      shops:
        type === 'product'
          ? []
          : await this.#bestFirst(interpretations(typed, WEIGHTS.shop), (words) =>
              finder.shops(words)
            ),
      products:
        type === 'shop'
          ? []
          : await this.#bestFirst(interpretations(typed, WEIGHTS.product), (words) =>
              finder.products(words)
            ),
    }
  }

  /** Follows the interpretations until the next one cannot bring anything better. */
  async #bestFirst<Hit extends SearchHit>(
    ways: Interpretation[],
    find: (words: Interpretation['words']) => Promise<Hit[]>
  ): Promise<Hit[]> {
    let hits: Hit[] = []
    for (const { words, best } of ways) {
      if (hits.length >= this.#limit && hits[this.#limit - 1].score >= best) break
      if (++this.#looks > MOST_LOOKS) break
      hits = bestOf([...hits, ...(await find(words))])
    }
    return hits.slice(0, this.#limit)
  }
}

function countOf({ shops, products }: Hits) {
  return shops.length + products.length
}
