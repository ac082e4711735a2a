import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { amountAfter } from '../history/pages.js'
import { contradictionIn, type Call, type Contradiction } from '../history/linearizable.js'
import {
  khataStep,
  stockStep,
  type KhataOperation,
  type StockOperation,
} from '../history/models.js'
import { COUNTED_PRICE, COUNTED_STOCK, KHATA_LIMIT, type CountedShop } from '../market.js'
import { bodyOf } from './balancer.js'
import { Browser, FORM_BODY, HEADERS, JSON_BODY } from './browser.js'
import { logIn } from './log_in.js'
import { order, type Writing } from './writers.js'

const MOST_ORDERED = 4
const MOST_ADDED = 8
/** In rupees. */
const MOST_SETTLED = 60
const ONLY_LEFT = /^Only (\d+) /

/**
 * Customers and the owner of a shop who change the same stocks and khatas at once, through both servers. Every call is kept
 * with its beginning, its end and its outcome.
 */
export class CountedTrade {
  readonly stocks: Call<StockOperation>[][]
  readonly khatas: Call<KhataOperation>[][]
  #browser: Browser

  /** @param settled resolves when no transaction is running that had begun before */
  constructor(
    private shop: CountedShop,
    private lane: number,
    private writing: Writing,
    private settled: () => Promise<unknown>
  ) {
    this.stocks = shop.products.map(() => [])
    this.khatas = shop.khatas.map(() => [])
    this.#browser = new Browser(writing.balancer, HEADERS.html)
  }

  get calls() {
    return [...this.stocks, ...this.khatas].reduce((sum, calls) => sum + calls.length, 0)
  }

  async open() {
    await logIn(this.writing.balancer, this.lane, this.#browser, this.shop.owner)
    return this
  }

  async run(pause: number, until: AbortSignal) {
    const { random, signal } = this.writing
    const repeat = async (work: () => Promise<unknown>) => {
      while (!until.aborted) {
        await work()
        await delay(pause * (0.5 + random.fraction()), undefined, { signal })
      }
    }
    const { customers, products, khatas } = this.shop
    await Promise.all([
      ...customers.map((_, customer) => repeat(() => this.#order(customer))),
      repeat(() => this.#restock(random.below(products.length))),
      repeat(() => this.#settle(random.below(khatas.length))),
      repeat(() => this.readStock(random.below(products.length))),
      repeat(() => this.readBalance(random.below(khatas.length))),
    ])
  }

  /** What every stock and khata is in the end. */
  async readAll() {
    for (const [product] of this.stocks.entries()) await this.readStock(product)
    for (const [khata] of this.khatas.entries()) await this.readBalance(khata)
  }

  /** The first part of each history that no order of its calls explains, in words. */
  contradictions() {
    return [
      ...this.stocks.map((calls, index) => {
        return inWords(
          `stock ${index + 1}`,
          contradictionIn<StockOperation, number>(calls, COUNTED_STOCK, stockStep)
        )
      }),
      ...this.khatas.map((calls, index) => {
        return inWords(
          `khata ${index + 1}`,
          contradictionIn<KhataOperation, number>(calls, 0, khataStep(KHATA_LIMIT))
        )
      }),
    ].filter((text) => text !== null)
  }

  async #order(customer: number) {
    const { random } = this.writing
    const product = random.below(this.shop.products.length)
    const quantity = 1 + random.below(MOST_ORDERED)
    const isOnKhata = random.below(2) === 0
    const invoked = performance.now()
    const { status, text } = await order(this.lane, this.writing, this.shop.customers[customer], {
      shop_id: this.shop.id,
      payment_method: isOnKhata ? 'khata' : 'cod',
      items: [{ product_id: this.shop.products[product], quantity }],
    })
    const interval = { invoked, returned: performance.now() }
    const paise = quantity * COUNTED_PRICE
    const { detail = '' } = JSON.parse(text)
    const left = ONLY_LEFT.exec(detail)
    if (status === 201) {
      this.stocks[product].push({ ...interval, operation: { did: 'take', quantity } })
      if (isOnKhata) {
        this.khatas[customer].push({ ...interval, operation: { did: 'charge', paise } })
      }
    } else if (left) {
      const operation = { did: 'short', quantity, left: Number(left[1]) } as const
      this.stocks[product].push({ ...interval, operation })
    } else if (/exceeds the limit/.test(detail)) {
      this.khatas[customer].push({ ...interval, operation: { did: 'over the limit', paise } })
    } else {
      throw new Error(`An order was answered ${status}: ${text}`)
    }
  }

  async #restock(product: number) {
    const { balancer, random } = this.writing
    const quantity = 1 + random.below(MOST_ADDED)
    const invoked = performance.now()
    const answer = await balancer
      .once(this.lane, {
        method: 'PATCH',
        path: this.#pathOf(product),
        headers: { authorization: this.shop.owner.token, ...JSON_BODY },
        body: JSON.stringify({ stock_change: quantity }),
      })
      .catch(() => null)
    const isUnknown = !answer || answer.status >= 500
    if (isUnknown) await this.settled()
    else if (answer.status !== 200) throw new Error(`Stock was answered ${answer.status}`)
    const after = isUnknown ? null : (JSON.parse(answer.body.toString()).base_stock as number)
    const operation = { did: 'add', quantity, after } as const
    this.stocks[product].push({ invoked, returned: performance.now(), operation, isUnknown })
  }

  async readStock(product: number) {
    const headers = { authorization: this.shop.owner.token }
    const { answer, ...interval } = await this.#ask({ path: this.#pathOf(product), headers })
    const stock = JSON.parse(answer.body.toString()).base_stock as number
    this.stocks[product].push({ ...interval, operation: { did: 'read', stock } })
  }

  /** The form has a key: however often it is sent, it counts once. */
  async #settle(khata: number) {
    const rupees = 1 + this.writing.random.below(MOST_SETTLED)
    const form = { form_key: randomUUID(), amount: String(rupees), method: 'cash' }
    const { answer, ...interval } = await this.#ask({
      method: 'POST',
      path: `${this.#khata(khata)}/settlements`,
      headers: { ...this.#browser.all, ...FORM_BODY },
      body: new URLSearchParams(form).toString(),
    })
    this.#browser.keep(answer)
    const paise = rupees * 100
    const isDone = answer.status === 303 && answer.head.includes(this.#khata(khata))
    if (!isDone && answer.status !== 422) throw new Error(`Settling was answered ${answer.status}`)
    const operation = { did: isDone ? 'settle' : 'more than owed', paise } as const
    this.khatas[khata].push({ ...interval, operation })
  }

  async readBalance(khata: number) {
    const { answer, ...interval } = await this.#ask({
      path: this.#khata(khata),
      headers: this.#browser.all,
    })
    this.#browser.keep(answer)
    const html = bodyOf(answer)
    const paise = amountAfter(html, 'Balance due')
    if (paise === null) throw new Error(`The khata's page was answered ${answer.status}`)
    this.khatas[khata].push({ ...interval, operation: { did: 'read', paise } })
  }

  async #ask(request: Parameters<Writing['balancer']['insist']>[1]) {
    const invoked = performance.now()
    const answer = await this.writing.balancer.insist(this.lane, request, this.writing.signal)
    return { answer, invoked, returned: performance.now() }
  }

  #pathOf(product: number) {
    return `/api/shops/${this.shop.id}/products/${this.shop.products[product]}`
  }

  #khata(khata: number) {
    return `/owner/shops/${this.shop.id}/khatas/${this.shop.khatas[khata]}`
  }
}

function inWords(name: string, found: Contradiction<object, number> | null) {
  if (!found) return null
  const calls = found.calls.map(({ invoked, returned, operation, isUnknown }) => {
    const times = `${invoked.toFixed(1)} to ${returned.toFixed(1)} ms`
    return `\n    ${times}: ${JSON.stringify(operation)}${isUnknown ? ', not answered' : ''}`
  })
  return `${name} was ${found.states.join(' or ')}, and no order explains${calls.join('')}`
}
