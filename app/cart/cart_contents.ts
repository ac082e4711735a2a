import { randomUUID } from 'node:crypto'
import { amountOf, lineOf, MOST_ITEMS, quantityOf, seenOf, type CartItem } from '#cart/cart_item'
import { isCountedAlike, largestQuantity } from '#measures/goods'
import { isSoldOut } from '#measures/portion'
import type Product from '#models/product'

const CHANGED_MEANWHILE = 'status.cart_changed_meanwhile'

/** Forms of other programs do not say what they showed. */
const isOther = (seen: number | undefined, now: number) => seen !== undefined && seen !== now
const isBehind = (seen: number | undefined, now: number) => seen !== undefined && seen < now

/** The lines of a cart and what can be done with them. A line that does not change stays the same object. */
export class CartContents {
  constructor(public items: readonly CartItem[] = []) {}

  find(productId: string) {
    return this.items.find((item) => item.productId === productId)
  }

  get isFull() {
    return this.items.length >= MOST_ITEMS
  }

  /**
   * Adds to the existing quantity and updates the price; a line that counts something else is replaced. Returns the message key of a refusal, or null.
   *
   * @param seen the quantity that the page showed: an old page does not add again what was added since
   */
  add(product: Product, quantity: number, seen?: number) {
    const before = amountOf(this.items, product)
    const refused = isBehind(seen, before) ? 'status.already_in_cart' : this.#refuses(product)
    if (!refused) this.#set(product, before + quantity)
    return refused
  }

  /** Raises to the quantity, as far as the shop has it in stock; never reduces. Returns whether all of it fitted. */
  raise(product: Product, quantity: number) {
    if (this.#refuses(product)) return false
    const before = amountOf(this.items, product)
    const most = Math.min(product.stock, largestQuantity(product))
    if (quantity < (product.smallest ?? 1)) return false
    this.#set(product, Math.max(before, Math.min(quantity, most)))
    return quantity <= most
  }

  /**
   * Sets the quantity; 0 removes the item. Returns the message key of a refusal, or null.
   *
   * @param seen the quantity that the page showed: an old page does not undo what was done since
   */
  change(productId: string, quantity: number, seen?: number) {
    const before = quantityOf(this.items, productId)
    if (before !== quantity && isOther(seen, before)) return CHANGED_MEANWHILE
    this.items = this.items.flatMap((item) => {
      if (item.productId !== productId) return item
      const most = Math.min(quantity, largestQuantity(item))
      return quantity > 0 ? { ...item, quantity: most } : []
    })
    return null
  }

  /**
   * Returns the message key of a refusal, or null.
   *
   * @param seen the sum of all quantities that the page showed
   */
  clear(seen?: number) {
    if (isOther(seen, seenOf(this.items))) return CHANGED_MEANWHILE
    this.items = []
    return null
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
    else if (isCountedAlike(known, item)) this.change(item.productId, quantity)
    else this.items = this.items.map((line) => (line === known ? { ...item, quantity } : line))
  }

  /**
   * Joins another cart of the same browser or person: quantities add up, within the limits of a cart. What counts
   * something else than the line that is known is left.
   */
  join(others: readonly CartItem[]) {
    for (const item of others) {
      const known = this.find(item.productId)
      if (known ? !isCountedAlike(known, item) : this.isFull) continue
      this.take(item, Math.min((known?.quantity ?? 0) + item.quantity, largestQuantity(item)))
    }
  }

  #refuses(product: Product) {
    if (isSoldOut(product)) return 'status.out_of_stock'
    return !this.find(product.id) && this.isFull ? 'status.cart_full' : null
  }

  #set(product: Product, quantity: number) {
    const known = this.find(product.id)
    const isSame = known !== undefined && isCountedAlike(known, product)
    const item = { ...lineOf(product, quantity), line: isSame ? known.line : randomUUID() }
    this.items = known
      ? this.items.map((existing) => (existing === known ? item : existing))
      : [...this.items, item]
  }
}
