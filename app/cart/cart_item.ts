import { randomUUID } from 'node:crypto'
import type Product from '#models/product'

export const LARGEST_QUANTITY = 99
export const MOST_ITEMS = 100

/** A product as it was when it was added: enough to name it after it is deleted. */
export interface CartItem {
  productId: string
  /** Distinguishes this line from a later one for the same product; null for a direct purchase outside the cart. */
  line: string | null
  quantity: number
  pricePaise: number
  name: string
  nameHi: string | null
  unit: string
  shop: { id: string; name: string; city: string }
}

/** Total quantity. */
export function countOf(items: readonly CartItem[]) {
  return items.reduce((sum, { quantity }) => sum + quantity, 0)
}

export function quantityOf(items: readonly CartItem[], productId: string) {
  return items.find((item) => item.productId === productId)?.quantity ?? 0
}

export function lineOf(product: Product, quantity: number): CartItem {
  const { id, name, nameHi, unit, pricePaise, shopId, shopName, shopCity } = product
  return {
    productId: id,
    line: randomUUID(),
    quantity: Math.min(quantity, LARGEST_QUANTITY),
    pricePaise,
    name,
    nameHi,
    unit,
    shop: { id: shopId, name: shopName, city: shopCity },
  }
}
