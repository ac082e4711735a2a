import { setTimeout as delay } from 'node:timers/promises'
import Product from '#models/product'
import type Shop from '#models/shop'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { ApplicationProcess } from '#tests/helpers/application_process'
import { Visitor, type Visit } from '#tests/helpers/visitor'
import { Observations } from './observations.js'

const PAUSE = 250
const NAME = 'Nagpuri Santra'

/** The owner is certain of this price since `at`, in milliseconds of `performance.now()`. */
interface Confirmed {
  price: number
  at: number
}

/**
 * A shop whose owner raises the price of its product by a rupee, again and again, and a customer who
 * looks at it, searches for it and puts it into the cart. They use different processes of the application; when one
 * is gone, the other one, as they would behind a balancer.
 */
export class Trade {
  seen = new Observations()
  #confirmed: Confirmed[] = []
  #attempted = 1
  #lastShown = 0
  #end = new AbortController()
  #acts: Promise<unknown> = Promise.resolve()

  private constructor(
    private servers: ApplicationProcess[],
    private shop: Shop,
    private product: Product,
    private owner: Visitor,
    private customer: Visitor
  ) {}

  static async open(servers: ApplicationProcess[]) {
    const user = await createOwner()
    const shop = await createShop({ ownerId: user.id, name: 'Deshmukh Kirana', city: 'Nagpur' })
    const values = { shopId: shop.id, name: NAME, pricePaise: 100, stock: 1_000_000 }
    const product = await createProduct(values)
    const [first, second] = servers.map(
      ({ origin }) => new Visitor({ 'accept-language': 'en' }, origin)
    )
    return new Trade(servers, shop, product, await loggedIn(user, second), first)
  }

  start() {
    this.#end = new AbortController()
    this.#acts = Promise.all([this.#sell(), this.#buy()])
  }

  async stop() {
    this.#end.abort()
    await this.#acts
  }

  /** Begins a new account of what is seen. */
  watch() {
    this.seen = new Observations()
    return this.seen
  }

  /** What is wrong for a stranger who comes now; null when all is as it should be. */
  async complaint(): Promise<string | null> {
    for (const server of this.servers) {
      const health = await server.health()
      const ill = Object.keys(health).find((part) => health[part].healthy === false)
      if (ill) return `${ill} of ${server.origin} is not healthy: ${JSON.stringify(health[ill])}`
      const stranger = new Visitor({ 'accept-language': 'en' }, server.origin)
      const [path, wanted] = [`/shops/${this.shop.id}`, this.#certain(1_000)]
      const shown = this.#priceOn(await stranger.visit(path))
      if (shown < wanted) return `${server.origin} shows ₹${shown} for ₹${wanted}`
      const search = await stranger.visit(`/search?q=${encodeURIComponent(NAME)}`)
      if (search.status !== 200) return `search answers ${search.status}`
      const found = this.#priceOn(search)
      if (found < wanted) return `search finds ₹${found} for ₹${wanted}`
    }
    return null
  }

  /** Confirmed prices that the database has lost. */
  async lost() {
    const { pricePaise } = await Product.findOrFail(this.product.id)
    const price = pricePaise / 100
    return price < this.#certain(0) || price > this.#attempted ? 1 : 0
  }

  /** The newest price that was confirmed at least `milliseconds` ago. */
  #certain(milliseconds: number) {
    const then = performance.now() - milliseconds
    return this.#confirmed.findLast(({ at }) => at <= then)?.price ?? 1
  }

  async #sell() {
    while (!this.#end.signal.aborted) {
      await this.seen.step('owner', () => this.#withAnyServer(this.owner, () => this.#raisePrice()))
      await delay(PAUSE)
    }
  }

  async #raisePrice() {
    const { owner, shop, product } = this
    const home = `/owner/shops/${shop.id}`
    succeeded(await owner.visit(`${home}/products/${product.id}/edit`))
    const price = ++this.#attempted
    const page = succeeded(await owner.submit('#product-form', { price: String(price) }))
    if (page.path !== home) throw new Error(`the owner landed on ${page.path}`)
    this.#confirmed.push({ price, at: performance.now() })
    const shown = this.#priceOn(page)
    if (shown !== price) this.seen.broken.push(`the owner wrote ₹${price} and is shown ₹${shown}`)
  }

  async #buy() {
    for (let turn = 0; !this.#end.signal.aborted; turn++) {
      await this.seen.step('customer', () => this.#withAnyServer(this.customer, () => this.#look()))
      const others = [() => this.#search(), () => this.#fillCart()]
      const other = others[turn % others.length]
      await this.seen.step('customer', () => this.#withAnyServer(this.customer, other))
      await delay(PAUSE)
    }
  }

  async #look() {
    const askedAt = performance.now()
    const shown = this.#priceOn(succeeded(await this.customer.visit(`/shops/${this.shop.id}`)))
    if (shown < this.#lastShown) {
      this.seen.broken.push(`the customer saw ₹${this.#lastShown} and then ₹${shown}`)
    }
    this.#lastShown = shown
    const newer = this.#confirmed.find(({ price }) => price > shown)
    if (newer) this.seen.stalest = Math.max(this.seen.stalest, askedAt - newer.at)
  }

  async #search() {
    succeeded(await this.customer.visit(`/search?q=${encodeURIComponent(NAME)}`))
  }

  async #fillCart() {
    const { customer, product, shop } = this
    succeeded(await customer.visit(`/shops/${shop.id}`))
    const selector = `form[action*="/cart/items"]:has(input[value="${product.id}"])`
    succeeded(await customer.submit(selector))
    const cart = succeeded(await customer.visit('/cart'))
    if (!cart.text.includes(NAME)) this.seen.broken.push('the cart has lost the product')
  }

  /** The other process takes over when nobody listens: what a balancer does with such a request. */
  async #withAnyServer<Result>(visitor: Visitor, requests: () => Promise<Result>) {
    try {
      return await requests()
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
      if (code === undefined) throw error
      visitor.origin = this.servers.find(({ origin }) => origin !== visitor.origin)!.origin
      if (code !== 'ECONNREFUSED') throw error
      return requests()
    }
  }

  #priceOn({ $ }: Visit) {
    const item = $('.product, .row').filter((_, element) => $(element).text().includes(NAME))
    return Number(item.first().find('.price').text().replace(/[₹,]/g, ''))
  }
}

function succeeded(page: Visit) {
  if (page.status !== 200) throw new Error(`${page.path} answered ${page.status}`)
  return page
}
