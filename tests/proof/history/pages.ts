import { gunzipSync } from 'node:zlib'
import { readAmount } from '#numbers/amount'
import { pricesIn } from '#tests/helpers/prices_in'
import { FIRST_PRICE, FIRST_STOCK } from '../market.js'

/** A list of a shop's products: as the API's JSON, or as the page for people. */
export type Form = 'json' | 'html'

/** Different bodies of one page that are known by their bytes. */
const KNOWN = 8

/** What one body showed, by product: how often its price was raised, and how many were bought. */
export class Shown {
  /** Since when something newer was certain to be there, in milliseconds; infinite while there is nothing newer. */
  staleSince = Number.POSITIVE_INFINITY

  /** @param bought null where the page does not say */
  constructor(
    readonly prices: number[],
    readonly bought: number[] | null
  ) {}

  /** How many values it has. */
  get size() {
    return this.prices.length + (this.bought?.length ?? 0)
  }
}

/** One number that only grows: its versions, and when each was acknowledged to the one who wrote it. */
export class Growing {
  /** The highest version that was sent. */
  sent = 0
  #acknowledged: number[] = [0]

  /** The highest version of which it is certain that it is stored. */
  get certain() {
    return this.#acknowledged.length - 1
  }

  acknowledge(version: number, at: number) {
    for (let next = this.certain + 1; next <= version; next++) this.#acknowledged[next] = at
  }

  /** When what comes after this version was acknowledged. */
  supersededAt(version: number) {
    return this.#acknowledged[version + 1] ?? Number.POSITIVE_INFINITY
  }
}

/** What a public shop's pages have shown, and what was written. */
export class ShopPages {
  readonly prices: Growing[]
  readonly bought: Growing[]
  /** When something of it was changed last. */
  changedAt = Number.NEGATIVE_INFINITY
  #index: Map<string, number>
  #known: Record<Form, { body: Buffer; shown: Shown }[]> = { json: [], html: [] }

  constructor(
    readonly id: string,
    readonly products: string[]
  ) {
    this.prices = products.map(() => new Growing())
    this.bought = products.map(() => new Growing())
    this.#index = new Map(products.map((product, index) => [product, index]))
  }

  acknowledge(what: 'prices' | 'bought', product: number, version: number, at: number) {
    this[what][product].acknowledge(version, at)
    this.changedAt = at
    for (const form of ['json', 'html'] as const) {
      for (const { shown } of this.#known[form]) this.age(shown)
    }
  }

  /** Notes since when there was something newer. */
  age(shown: Shown) {
    const since = [
      ...shown.prices.map((version, index) => this.prices[index].supersededAt(version)),
      ...(shown.bought ?? []).map((version, index) => this.bought[index].supersededAt(version)),
    ]
    shown.staleSince = Math.min(...since)
  }

  /**
   * What a body shows. The same bytes are read once.
   *
   * @throws Error when it is not the shop's list of products
   */
  shownBy(form: Form, body: Buffer, isGzip: boolean): Shown {
    const known = this.#known[form]
    for (const one of known) if (one.body.equals(body)) return one.shown
    const text = (isGzip ? gunzipSync(body) : body).toString()
    const shown = form === 'json' ? this.fromJson(text) : this.#fromHtml(text)
    this.age(shown)
    known.unshift({ body: Buffer.from(body), shown })
    if (known.length > KNOWN) known.pop()
    return shown
  }

  /** Of any list of products, with prices in paise and stocks. */
  shownIn(items: { id: string; pricePaise: number; stock?: number }[]) {
    const prices: number[] = []
    const bought: number[] = []
    for (const { id, pricePaise, stock } of items) {
      const index = this.#index.get(id)
      if (index === undefined) throw new Error(`Shop ${this.id} shows the unknown product ${id}`)
      prices[index] = pricePaise - FIRST_PRICE
      if (stock !== undefined) bought[index] = FIRST_STOCK - stock
    }
    if (Object.keys(prices).length < this.products.length) {
      throw new Error(`Shop ${this.id} shows ${Object.keys(prices).length} of its products`)
    }
    return new Shown(prices, bought.length > 0 ? bought : null)
  }

  fromJson(text: string) {
    const items = JSON.parse(text) as { id: string; price: number; base_stock: number }[]
    return this.shownIn(
      items.map(({ id, price, base_stock: stock }) => {
        return { id, pricePaise: Math.round(price * 100), stock }
      })
    )
  }

  #fromHtml(text: string) {
    const prices = pricesIn(text)
    return this.shownIn([...prices].map(([id, pricePaise]) => ({ id, pricePaise })))
  }
}

/** The amount after the first `label` in a text, in paise. */
export function amountAfter(text: string, label: string) {
  const found = new RegExp(`${label}[^₹]*₹([\\d,.]+)`).exec(text)
  return found && readAmount(found[1])
}
