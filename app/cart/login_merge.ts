import type { CartContents } from '#cart/cart_contents'
import type { CartItem } from '#cart/cart_item'
import { isCountedAlike, largestQuantity, type Goods } from '#measures/goods'
import type Product from '#models/product'

/** What a login did with the items of the browser's cart. */
export interface Merged {
  taken: CartItem[]
  /** Fewer than both carts had together. */
  lowered: CartItem[]
  /** The account's cart was full. */
  leftOut: CartItem[]
  /** Not added up, because the two carts count it differently. */
  recounted: CartItem[]
}

/**
 * Takes a guest's items into the account's cart: quantities add up, at most to the stock and the limits of a cart.
 * What is sold out keeps the larger quantity, and the cart page says so. Of two lines that count a product differently,
 * the one stays that counts it as the shop does now.
 */
export function mergeAtLogin(
  account: CartContents,
  guests: readonly CartItem[],
  products: Product[]
): Merged {
  const known = new Map(products.map((product) => [product.id, product]))
  const merged: Merged = { taken: [], lowered: [], leftOut: [], recounted: [] }
  for (const item of guests) {
    const product = known.get(item.productId)
    const line = account.find(item.productId)
    if (line && !isCountedAlike(line, item)) {
      if (countsAs(item, product)) account.take(item, item.quantity)
      merged.recounted.push(item)
      continue
    }
    const before = line?.quantity ?? 0
    if (before === 0 && account.isFull) {
      merged.leftOut.push(item)
      continue
    }
    const stock = countsAs(item, product) ? product!.stock : 0
    const most = stock || Math.max(before, item.quantity)
    const quantity = Math.min(before + item.quantity, most, largestQuantity(item))
    account.take(item, quantity)
    merged.taken.push(item)
    if (quantity < before + item.quantity) merged.lowered.push(item)
  }
  return merged
}

function countsAs(item: Goods, product: Goods | undefined) {
  return product !== undefined && isCountedAlike(item, product)
}
