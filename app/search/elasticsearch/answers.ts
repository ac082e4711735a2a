import { round, toProductHit, toShopHit } from '#search/hits'
import { FOLDED, IN_STOCK, MEASURED, NAMES, STOCKED_NAMES } from '#search/elasticsearch/query'
import type { Measure } from '#measures/goods'
import type { ProductHit, ShopHit } from '#search/search_engine'
import type { Answer } from '#search/elasticsearch/session'

/** A matching product name. */
export interface MatchedName {
  name: string
  score: number
}

/** A name with its number of products, total and in stock. */
export interface SoldName extends MatchedName {
  all: number
  stocked: number
}

export function shopsOf(answer: Answer | undefined): ShopHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score }) => toShopHit(_source, _score!))
}

export function productsOf(answer: Answer | undefined): ProductHit[] {
  return (answer?.hits.hits ?? []).map(({ _source, _score, sort }) => {
    const score = scoreOf(_score, sort)
    return toProductHit(_source, _source.stock > 0 ? score - IN_STOCK : score)
  })
}

/** Distinct product names in the response. */
export function namesOf({ hits }: Answer): string[] {
  return [...new Set(hits.hits.map(({ fields }) => fields![FOLDED][0] as string))]
}

export function matchedNamesOf({ hits }: Answer): MatchedName[] {
  return hits.hits.map(({ fields, _score, sort }) => {
    return { name: fields![FOLDED][0] as string, score: round(scoreOf(_score, sort)) }
  })
}

/** Names with products for sale: best first, ties broken by stock. */
export function soldOf(matched: MatchedName[], { aggregations }: Answer): SoldName[] {
  const all = countsOf(aggregations[NAMES])
  const stocked = countsOf(aggregations[STOCKED_NAMES][NAMES])
  return matched
    .map((one) => ({
      ...one,
      all: all.get(one.name) ?? 0,
      stocked: stocked.get(one.name) ?? 0,
    }))
    .filter((sold) => sold.all > 0)
    .sort((a, b) => b.score - a.score || Number(b.stocked > 0) - Number(a.stocked > 0))
}

/** The measures of products for sale. */
export function measuresOf({ aggregations }: Answer): Measure[] {
  return [...countsOf(aggregations[MEASURED]).keys()] as Measure[]
}

/** Whether there are hits. */
export function isAny({ hits }: Answer) {
  return countOf(hits.total) > 0
}

function countOf(total: Answer['hits']['total']) {
  return typeof total === 'object' ? total.value : (total ?? 0)
}

function countsOf({ buckets }: { buckets: { key: string; doc_count: number }[] }) {
  return new Map(buckets.map(({ key, doc_count: count }) => [key, count]))
}

/** With a custom sort, the score is the first sort value. */
function scoreOf(score: number | null | undefined, sort: unknown[] | undefined) {
  return score ?? Number(sort?.[0] ?? 0)
}
