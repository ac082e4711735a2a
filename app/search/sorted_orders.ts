import { MEASURES, type Measure } from '#measures/goods'
import { HOME } from '#search/filters'
import { GOOD_ENOUGH } from '#search/weights'
import type { ProductHit, SearchOrder } from '#search/search_engine'
import type { ReadQuery } from '#search/search_index'

type Comparison = (a: ProductHit, b: ProductHit) => number
type Asked = Pick<ReadQuery, 'order' | 'amount'>

/** What matches about as well as the best hit is sorted, the rest follows by score. */
export type SortedOrder = Exclude<SearchOrder, 'relevance' | 'nearest'>

const COMPARISONS: Record<SortedOrder, (products: ProductHit[], asked: Asked) => Comparison> = {
  price: () => (a, b) => a.pricePaise - b.pricePaise,
  unit_price: (products, { amount }) => {
    const places = placesOf(products, amount?.measure)
    return (a, b) => {
      return places[a.measure] - places[b.measure] || a.unitPricePaise - b.unitPricePaise
    }
  },
  country: () => (a, b) => {
    const [one, other] = [keyOf(a.country), keyOf(b.country)]
    return Number(one > other) - Number(one < other)
  },
}

export function isSorted(order: SearchOrder): order is SortedOrder {
  return order in COMPARISONS
}

/** Sold out goods come last. */
export function sortedProducts(products: ProductHit[], order: SortedOrder, asked: Asked) {
  const least = GOOD_ENOUGH * Math.max(0, ...products.map(({ score }) => score))
  const good = products.filter(({ score }) => score >= least)
  const compare = COMPARISONS[order](good, asked)
  return good.sort((a, b) => Number(b.stock > 0) - Number(a.stock > 0) || compare(a, b))
}

/** The measure that was asked for comes first, then the one of most goods: a price per litre says nothing of one per kg. */
function placesOf(products: ProductHit[], asked: Measure | undefined) {
  const counts = Map.groupBy(products, ({ measure }) => measure)
  const countOf = (measure: Measure) => {
    return measure === asked ? Infinity : (counts.get(measure)?.length ?? 0)
  }
  const order = MEASURES.toSorted((a, b) => countOf(b) - countOf(a))
  return Object.fromEntries(order.map((measure, at) => [measure, at])) as Record<Measure, number>
}

/** Indian goods first, those that do not say last. */
function keyOf(country: string | null) {
  if (country === HOME) return ''
  return country ?? '~'
}
