import { randomUUID } from 'node:crypto'
import type { Session } from '@adonisjs/session'
import type Product from '#models/product'

export const LARGEST_QUANTITY = 99
export const MOST_ITEMS = 100
const KEY = 'cart'

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

/** The cart of a session. Guests have one too, and keep it when they log in. */
export class Cart {
  constructor(private session: Session) {}

  /** Lines stored before line names existed use the product id. */
  get items(): CartItem[] {
    const items: CartItem[] = this.session.get(KEY, [])
    return items.map((item) => ({ ...item, line: item.line ?? item.productId }))
  }

  /** Total quantity, for the badge. */
  get count() {
    return this.items.reduce((sum, { quantity }) => sum + quantity, 0)
  }

  /** Message key of why the product cannot be added, or null. */
  refuses(product: Product) {
    if (product.stock === 0) return 'status.out_of_stock'
    const known = this.items.some(({ productId }) => productId === product.id)
    return !known && this.items.length >= MOST_ITEMS ? 'status.cart_full' : null
  }

  /** Adds to the existing quantity and updates the price to the one just seen. */
  add(product: Product, quantity: number) {
    const before = this.items.find(({ productId }) => productId === product.id)?.quantity ?? 0
    this.set(product, before + quantity)
  }

  /** Adds as much as the shop has in stock; never reduces the quantity. Returns whether all of it fitted. */
  addAvailable(product: Product, quantity: number) {
    if (this.refuses(product)) return false
    const before = this.items.find(({ productId }) => productId === product.id)?.quantity ?? 0
    const most = Math.min(product.stock, LARGEST_QUANTITY)
    this.set(product, Math.max(before, Math.min(before + quantity, most)))
    return before + quantity <= most
  }

  /** Sets the quantity, replacing any existing line. */
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

  /** Removes what was ordered. A quantity added meanwhile stays, as a new line. */
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

  /** Removes lines that were ordered from another page. */
  removeLines(lines: string[]) {
    this.#keep(this.items.filter(({ line }) => !lines.includes(line!)))
  }

  /** Restores the cart from before the login. */
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
