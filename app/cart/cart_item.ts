import { randomUUID } from 'node:crypto'
import { goodsOf, isCountedAlike, isLoose, largestQuantity, type Goods } from '#measures/goods'
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

/** Of all lines, as a page that showed the cart says it. */
export function seenOf(items: readonly CartItem[]) {
  return items.reduce((sum, { quantity }) => sum + quantity, 0)
}

export function quantityOf(items: readonly CartItem[], productId: string) {
  return items.find((item) => item.productId === productId)?.quantity ?? 0
}

/** How much of the product is in the cart; a line that counts something else is none of it. */
export function amountOf(items: readonly CartItem[], product: Goods & { id: string }) {
  const known = items.find((item) => item.productId === product.id)
  return known && isCountedAlike(known, product) ? known.quantity : 0
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
