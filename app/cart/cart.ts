import type { HttpContext } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CartCookies, digestOf, newToken } from '#cart/cart_cookies'
import type { CartContents } from '#cart/cart_contents'
import { amountOf, countOf, seenOf, type CartItem } from '#cart/cart_item'
import type { Carts } from '#cart/carts'
import type { Merged } from '#cart/login_merge'
import type Product from '#models/product'
import type User from '#models/user'

type Client = TransactionClientContract
type Wanted = { product: Product | undefined; quantity: number }

/** The cart of a request: of the account, or of the browser while it is a guest's. */
export class Cart {
  items: readonly CartItem[] = []
  #cookies: CartCookies

  constructor(
    private ctx: HttpContext,
    private carts: Carts
  ) {
    this.#cookies = new CartCookies(ctx)
  }

  /** For the badge. */
  get count() {
    return countOf(this.items)
  }

  /** Changes whenever an amount does. */
  get seen() {
    return seenOf(this.items)
  }

  find(productId: string) {
    return this.items.find((item) => item.productId === productId)
  }

  amountOf(product: Product) {
    return amountOf(this.items, product)
  }

  itemsOf(shopId: string) {
    return this.items.filter(({ shop }) => shop.id === shopId)
  }

  /** The product whose line comes up when this line goes. */
  lineAfter(productId: string) {
    const shops = Map.groupBy(this.items, ({ shop }) => shop.id)
    const lines = [...shops.values()].flat().map((item) => item.productId)
    const at = lines.indexOf(productId)
    return lines[at + 1] ?? lines[at - 1] ?? null
  }

  /** Whether anything in this request leads to a cart. */
  get isPersonal() {
    return this.#userId !== null || this.#cookies.digests.length > 0
  }

  async load() {
    if (this.isPersonal) this.items = await this.carts.read(this.#holder)
  }

  /** Returns the message key of a refusal, or null. */
  add(product: Product, quantity: number, seen?: number) {
    return this.#change((contents) => contents.add(product, quantity, seen))
  }

  /** Raises to what is wanted and in stock; returns what did not fit. */
  raise<Item extends Wanted>(wanted: Item[], client: Client) {
    return this.#change((contents) => {
      return wanted.filter(({ product, quantity }) => {
        return !product || !contents.raise(product, quantity)
      })
    }, client)
  }

  /** Sets a quantity; returns the message key of a refusal, or null. */
  change(productId: string, quantity: number, seen?: number) {
    return this.#change((contents) => contents.change(productId, quantity, seen))
  }

  /** Returns the message key of a refusal, or null. */
  clear(seen?: number) {
    return this.#change((contents) => contents.clear(seen))
  }

  takeOut(ordered: { cartLine?: string | null; quantity: number }[], client: Client) {
    return this.#change((contents) => contents.takeOut(ordered), client)
  }

  removeLines(lines: string[]) {
    return this.#change((contents) => contents.removeLines(lines))
  }

  /** The browser's cart goes to the account that logs in. */
  async goTo(user: User): Promise<Merged | null> {
    const { digests } = this.#cookies
    const merged = digests.length > 0 ? await this.carts.merge(user.id, digests) : null
    this.#cookies.clear()
    return merged
  }

  /** Leaves nothing in the browser; what it has of a guest's cart goes to the account. */
  async leave(user: User) {
    if (this.#cookies.names.length > 0) await this.#change(() => {})
    await this.carts.forgetLeft(user.id)
    this.#cookies.clear()
    this.items = []
  }

  get #userId() {
    return this.ctx.auth.user?.id ?? null
  }

  get #holder() {
    return { userId: this.#userId, digests: this.#cookies.digests }
  }

  async #change<Result>(work: (contents: CartContents) => Result, client?: Client) {
    const token = newToken()
    const fresh = digestOf(token)
    const tokenFor = (valid: string[]) => (this.#cookies.holds(valid) ? null : fresh)
    const { result, items, digests } = await this.carts.change(
      { ...this.#holder, tokenFor },
      work,
      client
    )
    const show = () => {
      this.items = items
      if (digests.includes(fresh)) this.#cookies.issue(token)
      else this.#cookies.keep(digests)
    }
    if (client) client.after('commit', show)
    else show()
    return result
  }
}
