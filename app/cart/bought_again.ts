import { isCountedAlike, isRepacked, type Goods } from '#measures/goods'
import { isSoldOut } from '#measures/portion'
import type Product from '#models/product'

/** How a product is not what it was when it was bought, the first that applies. */
export const CHANGES = ['gone', 'recounted', 'sold_out', 'fewer', 'repacked', 'price_up'] as const
export type Change = (typeof CHANGES)[number]

interface Bought extends Goods {
  quantity: number
  pricePaise: number
}

/** Null when it can be bought again as it was. Of less than what is sold at all there is nothing. */
export function changeSince(bought: Bought, product: Product | undefined): Change | null {
  if (!product) return 'gone'
  if (!isCountedAlike(bought, product)) return 'recounted'
  if (isSoldOut(product)) return 'sold_out'
  if (product.stock < bought.quantity || bought.quantity < (product.smallest ?? 1)) return 'fewer'
  if (isRepacked(bought, product)) return 'repacked'
  return product.pricePaise > bought.pricePaise ? 'price_up' : null
}

/** Whether the cart gets any of it. */
export const isBuyable = (change: Change | null) =>
  change === null || !['gone', 'recounted', 'sold_out'].includes(change)
