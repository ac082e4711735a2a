import { toProductHit, toShopHit } from '#search/elasticsearch/documents'
import type { ProductHit, ShopHit } from '#search/search_engine'
import type { Answer } from '#search/elasticsearch/session'

export function shopsOf(answer: Answer | undefined): ShopHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score }) => toShopHit(_source, _score!))
}

export function productsOf(answer: Answer | undefined): ProductHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score, sort }) => {
    return toProductHit(_source, scoreOf(_score, sort))
  })
}

/** What the products of an answer are called, each name once. */
export function namesOf({ hits }: Answer): string[] {
  return [...new Set(hits.hits.map(({ fields }) => fields!['name.folded'][0] as string))]
}

/** With an order of its own, the score is the first value of what a hit was ordered by. */
function scoreOf(score: number | null | undefined, sort: unknown[] | undefined) {
  return score ?? Number(sort?.[0] ?? 0)
}
