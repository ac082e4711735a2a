import type { CartContents } from '#cart/cart_contents'
import type { CartItem } from '#cart/cart_item'
import { largestQuantity } from '#measures/goods'
import type Product from '#models/product'

/** What a login did with the items of the browser's cart. */
export interface Merged {
  taken: CartItem[]
  /** Fewer than both carts had together. */
  lowered: CartItem[]
  /** The account's cart was full. */
  leftOut: CartItem[]
}

/**
 * Takes a guest's items into the account's cart: quantities add up, at most to the stock and the limits of a cart.
 * What is sold out keeps the larger quantity, and the cart page says so.
 */
export function mergeAtLogin(
  account: CartContents,
  guests: readonly CartItem[],
  products: Product[]
): Merged {
  const stocks = new Map(products.map(({ id, stock }) => [id, stock]))
  const merged: Merged = { taken: [], lowered: [], leftOut: [] }
  for (const item of guests) {
    const before = account.find(item.productId)?.quantity ?? 0
    if (before === 0 && account.isFull) {
      merged.leftOut.push(item)
      continue
    }
    const most = stocks.get(item.productId) || Math.max(before, item.quantity)
    const quantity = Math.min(before + item.quantity, most, largestQuantity(item))
    account.take(item, quantity)
    merged.taken.push(item)
    if (quantity < before + item.quantity) merged.lowered.push(item)
  }
  return merged
}
