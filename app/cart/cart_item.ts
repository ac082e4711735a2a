import { randomUUID } from 'node:crypto'
import { goodsOf, isLoose, largestQuantity, type Goods } from '#measures/goods'
import type Product from '#models/product'

export const MOST_ITEMS = 100

/** A product as it was when it was added: enough to name it after it is deleted. */
export interface CartItem extends Goods {
  productId: string
  /** Distinguishes this line from a later one for the same product; null for a direct purchase outside the cart. */
  line: string | null
  /** Packs, or base units of loose goods. */
  quantity: number
  pricePaise: number
  name: string
  nameHi: string | null
  unit: string
  shop: { id: string; name: string; city: string }
}

/** Packs, and one for each loose line. */
export function countOf(items: readonly CartItem[]) {
  return items.reduce((sum, item) => sum + (isLoose(item) ? 1 : item.quantity), 0)
}

export function quantityOf(items: readonly CartItem[], productId: string) {
  return items.find((item) => item.productId === productId)?.quantity ?? 0
}

export function lineOf(product: Product, quantity: number): CartItem {
  const { id, name, nameHi, unit, pricePaise, shopId, shopName, shopCity } = product
  return {
    productId: id,
    line: randomUUID(),
    quantity: Math.min(quantity, largestQuantity(product)),
    ...goodsOf(product),
    pricePaise,
    name,
    nameHi,
    unit,
    shop: { id: shopId, name: shopName, city: shopCity },
  }
}
