import { randomUUID } from 'node:crypto'
import type { Session } from '@adonisjs/session'
import type Product from '#models/product'

export const LARGEST_QUANTITY = 99
export const MOST_ITEMS = 100
const KEY = 'cart'

/** What was put in the cart, as it was then: enough to name it when the product is gone. */
export interface CartItem {
  productId: string
  /** Tells this line from a later one of the same product; null for what is bought beside the cart. */
  line: string | null
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

  /** A line of before there were names for them is called as its product. */
  get items(): CartItem[] {
    const items: CartItem[] = this.session.get(KEY, [])
    return items.map((item) => ({ ...item, line: item.line ?? item.productId }))
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

  /** Adds as much as the shop has, and takes nothing out. Returns whether it could add all of it. */
  addAvailable(product: Product, quantity: number) {
    if (this.refuses(product)) return false
    const before = this.items.find(({ productId }) => productId === product.id)?.quantity ?? 0
    const most = Math.min(product.stock, LARGEST_QUANTITY)
    this.set(product, Math.max(before, Math.min(before + quantity, most)))
    return before + quantity <= most
  }

  /** So many of the product, whatever there was of it. */
  set(product: Product, quantity: number) {
    const known = this.items.find(({ productId }) => productId === product.id)
    if (!known) return this.#keep([...this.items, lineOf(product, quantity)])
    const item = { ...lineOf(product, quantity), line: known.line }
    this.#keep(this.items.map((existing) => (existing.line === known.line ? item : existing)))
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

  /** What was ordered is in the cart no more; what came in meanwhile stays, as a line of its own. */
  takeOut(ordered: { cartLine?: string | null; quantity: number }[]) {
    const quantities = new Map(ordered.map(({ cartLine, quantity }) => [cartLine, quantity]))
    this.#keep(
      this.items.flatMap((item) => {
        const taken = quantities.get(item.line)
        if (taken === undefined) return item
        const quantity = item.quantity - taken
        return quantity > 0 ? { ...item, quantity, line: randomUUID() } : []
      })
    )
  }

  /** These lines were ordered from elsewhere. */
  removeLines(lines: string[]) {
    this.#keep(this.items.filter(({ line }) => !lines.includes(line!)))
  }

  /** As it was before the login. */
  restore(items: CartItem[]) {
    this.#keep(items)
  }

  clear() {
    this.session.forget(KEY)
  }

  #keep(items: CartItem[]) {
    this.session.put(KEY, items)
  }
}

/** So many of the product as a new line. */
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
