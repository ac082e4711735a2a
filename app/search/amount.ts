import { isLoose, type Goods } from '#measures/goods'
import { AMOUNT } from '#search/weights'
import type { ProductHit } from '#search/search_engine'
import type { Quantity } from '#search/understanding/quantity'

type Sold = Goods & { smallest: number | null; stock: number }

/** 1 for goods that can be bought in this amount, less the further the nearest amount is. */
export function fitOf(goods: Sold, { measure, baseUnits }: Quantity) {
  if (goods.measure !== measure || goods.stock === 0) return 0
  const nearest = isLoose(goods)
    ? Math.min(Math.max(baseUnits, goods.smallest ?? 0), goods.stock)
    : goods.netQuantity
  return Math.min(nearest, baseUnits) / Math.max(nearest, baseUnits)
}

/** Scores that also say how well the goods serve the amount. */
export function fitting(hits: ProductHit[], amount: Quantity | null): ProductHit[] {
  if (!amount) return hits
  return hits.map((hit) => {
    return { ...hit, score: hit.score * (1 - AMOUNT * (1 - fitOf(hit, amount))) }
  })
}
