import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { rupeesText } from '#locale/rupees'
import type { OrderHistory } from '../history/orders.js'
import type { Form, ShopPages } from '../history/pages.js'
import { SessionHistory } from '../history/session.js'
import { FIRST_PRICE, type Client, type Keeper } from '../market.js'
import { bodyOf } from './balancer.js'
import { Browser, FORM_BODY, HEADERS, JSON_BODY } from './browser.js'
import { logIn } from './log_in.js'
import { readOnce, type Reading } from './readers.js'

/** Reads of the shop right after a write, by the one who wrote. */
const READS_AFTER = 3
/** One in so many orders is sent to both servers at once, with the same key. */
const TWICE = 4

/** What a writer needs besides what a reader does. */
export interface Writing extends Reading {
  signal: AbortSignal
  orders: OrderHistory
}

/** One writer at a time for each product, so that its versions are in the order of their commits. */
const turns = new Map<string, Promise<unknown>>()

async function inTurn<T>(product: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(product) ?? Promise.resolve()).catch(() => {}).then(work)
  turns.set(product, turn)
  return turn
}

abstract class Writer {
  readonly #history: SessionHistory
  readonly #beside: SessionHistory
  protected readonly browser: Browser

  constructor(
    name: string,
    protected lane: number,
    protected writing: Writing,
    private form: Form,
    headers: Record<string, string>
  ) {
    this.browser = new Browser(writing.balancer, headers)
    this.#history = new SessionHistory(name, writing.tally)
    this.#beside = new SessionHistory(name, writing.usual.tally)
  }

  /** Writes once, in turn with the others, and acknowledges what. */
  protected abstract write(shop: ShopPages): Promise<Written>

  /** @param pause mean, in milliseconds @param until what is not to be written after */
  async run(shops: ShopPages[], pause: number, until: AbortSignal) {
    const { random, usual, signal } = this.writing
    while (!until.aborted) {
      const shop = random.pick(shops)
      const asked = performance.now()
      const { what, product, version, server } = await this.write(shop)
      const answered = performance.now()
      const act = { form: this.form, server, asked, answered }
      for (const history of [this.#history, this.#beside]) {
        history.wrote(shop, what, product, version, act)
      }
      for (let read = 0; read < READS_AFTER; read++) {
        await usual.read(shop, this.#beside)
        const { browser, form, lane } = this
        await readOnce(this.writing, { browser, history: this.#history, form, lane }, shop)
      }
      await delay(pause * (0.5 + random.fraction()), undefined, { signal })
    }
  }
}

interface Written {
  what: 'prices' | 'bought'
  product: number
  version: number
  server: number
}

/** An owner who raises prices, by program or in the list of prices. */
export class PriceWriter extends Writer {
  private constructor(
    name: string,
    lane: number,
    writing: Writing,
    form: Form,
    headers: Record<string, string>
  ) {
    super(name, lane, writing, form, headers)
  }

  static async open(
    name: string,
    lane: number,
    writing: Writing,
    { form, owner }: { form: Form; owner: Keeper }
  ) {
    const isJson = form === 'json'
    const headers = isJson ? { ...HEADERS.json, authorization: owner.token } : HEADERS.html
    const writer = new PriceWriter(name, lane, writing, form, headers)
    if (!isJson) await logIn(writing.balancer, lane, writer.browser, owner)
    return writer
  }

  protected async write(shop: ShopPages): Promise<Written> {
    const product = this.writing.random.below(shop.products.length)
    return inTurn(`${shop.products[product]} price`, async () => {
      const version = shop.prices[product].certain + 1
      shop.prices[product].sent = version
      const [price, before] = [version, version - 1].map((of) => rupeesText(FIRST_PRICE + of))
      const server = await this.#send(shop.id, shop.products[product], price, before)
      shop.acknowledge('prices', product, version, performance.now())
      return { what: 'prices', product, version, server }
    })
  }

  async #send(shop: string, product: string, price: string, before: string) {
    const { balancer, signal } = this.writing
    const isJson = 'authorization' in this.browser.all
    const row = { [`rows[${product}][price]`]: price, [`rows[${product}][shown][price]`]: before }
    for (;;) {
      const answer = await balancer.insist(
        this.lane,
        isJson
          ? {
              method: 'PATCH',
              path: `/api/shops/${shop}/products/${product}`,
              headers: { ...this.browser.all, ...JSON_BODY },
              body: JSON.stringify({ price: Number(price) }),
            }
          : {
              method: 'POST',
              path: `/owner/shops/${shop}/prices?_method=PUT`,
              headers: { ...this.browser.all, ...FORM_BODY },
              body: new URLSearchParams(row).toString(),
            },
        signal
      )
      this.browser.keep(answer)
      if (answer.status === (isJson ? 200 : 303)) return answer.server
      throw new Error(`A price was answered ${answer.status}: ${bodyOf(answer)}`)
    }
  }
}

/** A customer who orders one of a product, by program. */
export class Buyer extends Writer {
  constructor(
    name: string,
    lane: number,
    writing: Writing,
    private customer: Client
  ) {
    super(name, lane, writing, 'json', { ...HEADERS.json, authorization: customer.token })
  }

  protected async write(shop: ShopPages): Promise<Written> {
    const { random } = this.writing
    const product = random.below(shop.products.length)
    return inTurn(`${shop.products[product]} stock`, async () => {
      const version = shop.bought[product].certain + 1
      shop.bought[product].sent = version
      const items = [{ product_id: shop.products[product], quantity: 1 }]
      const { server, status, text } = await order(this.lane, this.writing, this.customer, {
        shop_id: shop.id,
        items,
      })
      if (status !== 201) throw new Error(`An order was answered ${status}: ${text}`)
      shop.acknowledge('bought', product, version, performance.now())
      return { what: 'bought', product, version, server }
    })
  }
}

/** Places an order with a key of its own, now and then on both servers at once, until it is known what became of it. */
export async function order(
  lane: number,
  { balancer, orders, random, signal }: Pick<Writing, 'balancer' | 'orders' | 'random' | 'signal'>,
  { token, user }: Client,
  content: object
) {
  const key = randomUUID()
  const request = {
    method: 'POST',
    path: '/api/orders',
    headers: { 'authorization': token, 'idempotency-key': key, ...JSON_BODY },
    body: JSON.stringify(content),
  }
  orders.sent(key, user.id)
  const isTwice = random.below(TWICE) === 0
  const others = (isTwice ? balancer.urls : []).map((_, server) => {
    return balancer.once(lane, request, server).catch(() => null)
  })
  let answers = await Promise.all([...others, balancer.insist(lane, request, signal)])
  // An order whose answer was lost may have been placed after the other was refused.
  const isOpen = answers.some((answer) => !answer || answer.status >= 500)
  if (isOpen) answers = [...answers, await balancer.insist(lane, request, signal)]
  const placed = answers.filter((answer) => answer?.status === 201)
  for (const answer of placed) orders.confirmed(key, JSON.parse(answer!.body.toString()).id)
  if (placed.length === 0) orders.refused(key)
  const { status, server, body } = placed.at(-1) ?? answers.at(-1)!
  return { status, server, text: body.toString() }
}
