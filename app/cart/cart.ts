import type { Session } from '@adonisjs/session'
import type Product from '#models/product'

export const LARGEST_QUANTITY = 99
export const MOST_ITEMS = 100
const KEY = 'cart'

/** What was put in the cart, as it was then: enough to name it when the product is gone. */
export interface CartItem {
  productId: string
  quantity: number
  pricePaise: number
  name: string
  nameHi: string | null
  unit: string
  shop: { id: string; name: string; city: string }
}

/** The cart of a session: guests have one too, and it stays when they log in. */
export class Cart {
  constructor(private session: Session) {}

  get items(): CartItem[] {
    return this.session.get(KEY, [])
  }

  /** How many pieces there are, for the badge. */
  get count() {
    return this.items.reduce((sum, { quantity }) => sum + quantity, 0)
  }

  /** Why the product cannot be added, as the key of a message, or null. */
  refuses(product: Product) {
    if (product.stock === 0) return 'status.out_of_stock'
    const known = this.items.some(({ productId }) => productId === product.id)
    return !known && this.items.length >= MOST_ITEMS ? 'status.cart_full' : null
  }

  /** Adds to what there is already of the product; the price is the one that the customer saw now. */
  add(product: Product, quantity: number) {
    const before = this.items.find(({ productId }) => productId === product.id)?.quantity ?? 0
    this.set(product, before + quantity)
  }

  /** So many of the product, whatever there was of it. */
  set(product: Product, quantity: number) {
    const { id, name, nameHi, unit, pricePaise, shopId, shopName, shopCity } = product
    const known = this.items.some(({ productId }) => productId === id)
    const item: CartItem = {
      productId: id,
      quantity: Math.min(quantity, LARGEST_QUANTITY),
      pricePaise,
      name,
      nameHi,
      unit,
      shop: { id: shopId, name: shopName, city: shopCity },
    }
    this.#keep(
      known
        ? this.items.map((existing) => (existing.productId === id ? item : existing))
        : [...this.items, item]
    )
  }

  change(productId: string, quantity: number) {
    if (quantity === 0) return this.remove(productId)
    this.#keep(
      this.items.map((item) => (item.productId === productId ? { ...item, quantity } : item))
    )
  }

  remove(productId: string) {
    this.#keep(this.items.filter((item) => item.productId !== productId))
  }

  itemsOf(shopId: string) {
    return this.items.filter(({ shop }) => shop.id === shopId)
  }

  /** What was ordered is in the cart no more; what came in meanwhile stays. */
  removeAll(productIds: string[]) {
    this.#keep(this.items.filter(({ productId }) => !productIds.includes(productId)))
  }

  clear() {
    this.session.forget(KEY)
  }

  #keep(items: CartItem[]) {
    this.session.put(KEY, items)
  }
}
