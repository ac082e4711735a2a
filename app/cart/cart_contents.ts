import { randomUUID } from 'node:crypto'
import { LARGEST_QUANTITY, lineOf, MOST_ITEMS, type CartItem } from '#cart/cart_item'
import type Product from '#models/product'

/** The lines of a cart and what can be done with them. A line that does not change stays the same object. */
export class CartContents {
  constructor(public items: readonly CartItem[] = []) {}

  find(productId: string) {
    return this.items.find((item) => item.productId === productId)
  }

  get isFull() {
    return this.items.length >= MOST_ITEMS
  }

  /** Adds to the existing quantity and updates the price. Returns the message key of a refusal, or null. */
  add(product: Product, quantity: number) {
    const refused = this.#refuses(product)
    if (!refused) this.#set(product, (this.find(product.id)?.quantity ?? 0) + quantity)
    return refused
  }

  /** Adds as much as the shop has in stock; never reduces the quantity. Returns whether all of it fitted. */
  addAvailable(product: Product, quantity: number) {
    if (this.#refuses(product)) return false
    const before = this.find(product.id)?.quantity ?? 0
    const most = Math.min(product.stock, LARGEST_QUANTITY)
    this.#set(product, Math.max(before, Math.min(before + quantity, most)))
    return before + quantity <= most
  }

  change(productId: string, quantity: number) {
    if (quantity === 0) return this.remove(productId)
    this.items = this.items.map((item) =>
      item.productId === productId ? { ...item, quantity } : item
    )
  }

  remove(productId: string) {
    this.items = this.items.filter((item) => item.productId !== productId)
  }

  clear() {
    this.items = []
  }

  /** Removes what was ordered. A quantity added meanwhile stays, as a new line. */
  takeOut(ordered: { cartLine?: string | null; quantity: number }[]) {
    const quantities = new Map(ordered.map(({ cartLine, quantity }) => [cartLine, quantity]))
    this.items = this.items.flatMap((item) => {
      const taken = quantities.get(item.line)
      if (taken === undefined) return item
      const quantity = item.quantity - taken
      return quantity > 0 ? { ...item, quantity, line: randomUUID() } : []
    })
  }

  /** Removes lines that were ordered from another page. */
  removeLines(lines: string[]) {
    this.items = this.items.filter(({ line }) => !lines.includes(line!))
  }

  /** Sets the quantity of an item of another cart: its line joins the one of the product, or becomes a line here. */
  take(item: CartItem, quantity: number) {
    const known = this.find(item.productId)
    if (!known) this.items = [...this.items, { ...item, quantity }]
    else this.change(item.productId, quantity)
  }

  /** Joins another cart of the same browser or person: quantities add up, within the limits of a cart. */
  join(others: readonly CartItem[]) {
    for (const item of others) {
      const known = this.find(item.productId)
      if (!known && this.isFull) continue
      this.take(item, Math.min((known?.quantity ?? 0) + item.quantity, LARGEST_QUANTITY))
    }
  }

  #refuses(product: Product) {
    if (product.stock === 0) return 'status.out_of_stock'
    return !this.find(product.id) && this.isFull ? 'status.cart_full' : null
  }

  #set(product: Product, quantity: number) {
    const known = this.find(product.id)
    const item = { ...lineOf(product, quantity), line: known?.line ?? randomUUID() }
    this.items = known
      ? this.items.map((existing) => (existing === known ? item : existing))
      : [...this.items, item]
  }
}
