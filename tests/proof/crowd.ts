import { Random } from '#database/demo/random'
import { eventually } from '#tests/helpers/eventually'
import { OrderHistory } from './history/orders.js'
import { ShopPages } from './history/pages.js'
import { Tally } from './history/tally.js'
import { Balancer, isGzip } from './load/balancer.js'
import { HEADERS, pathOf } from './load/browser.js'
import { CountedTrade } from './load/counted_trade.js'
import { Reader } from './load/readers.js'
import { Buyer, PriceWriter, type Writing } from './load/writers.js'
import { type UsualCache } from './load/usual_cache.js'
import type { Market } from './market.js'
import type { System } from './system.js'

export const SHOPS = 12
const BUYERS = 6
export const CUSTOMERS = 24 + BUYERS
/** Connections to each server over which readers ask, and the readers on each. */
const LANES = 6
const READERS_PER_LANE = 8
/** Mean pauses between the price changes of a shop, in milliseconds: some change often, some seldom. */
const PAUSES = [2_000, 4_000, 8_000, 16_000, 32_000, 64_000]
const BUYERS_PAUSE = 12_000
/** A server that was just started is slow, in milliseconds. */
const PATIENCE = 60_000
const TRADE_PAUSE = 2_000

/** Everybody who reads and writes, with what they were shown. */
export class Crowd {
  readonly tally = new Tally()
  readonly orders = new OrderHistory()
  readonly shops: ShopPages[]
  #balancer: Balancer
  #readers: Reader[] = []
  #writers: { run(until: AbortSignal): Promise<void> }[] = []
  #end = new AbortController()
  #trade!: CountedTrade

  private constructor(
    private market: Market,
    private system: System,
    private usual: UsualCache,
    private randomOf: (index: number) => Random
  ) {
    this.shops = market.shops.map(({ id, products }) => new ShopPages(id, products))
    this.#balancer = new Balancer(
      system.servers.map(({ origin }) => origin),
      randomOf(0)
    )
  }

  static async open(market: Market, system: System, usual: UsualCache, seed: number) {
    const crowd = new Crowd(market, system, usual, (index) => new Random(seed, 1, index))
    await crowd.#open()
    return crowd
  }

  get trade() {
    return this.#trade
  }

  /** Reads until the signal. */
  async read(until: AbortSignal) {
    await Promise.all(this.#readers.map((reader) => reader.read(until)))
  }

  /** Writes until the signal; resolves when everything that was sent is answered. */
  async write(until: AbortSignal) {
    const trade = this.#trade.run(TRADE_PAUSE, until)
    await Promise.all([trade, ...this.#writers.map((writer) => writer.run(until))])
  }

  /** Gives up what is not answered. */
  abort(reason: unknown) {
    this.#end.abort(reason)
  }

  close() {
    this.#balancer.close()
  }

  /** Of a visitor without a past, on one server. */
  async firstLook(server: number, shop: ShopPages, form: 'json' | 'html') {
    const { token } = this.market.customers[0]
    const headers = form === 'json' ? { ...HEADERS.json, authorization: token } : HEADERS.html
    const request = { path: pathOf(form, shop), headers }
    const answer = await eventually(async () => {
      const found = await this.#balancer.once(0, request, server)
      if (found.status !== 200) throw new Error(`${request.path} answered ${found.status}`)
      return found
    }, PATIENCE)
    return shop.shownBy(form, answer.body, isGzip(answer))
  }

  async #open() {
    const { market, tally, shops, usual, orders } = this
    let people = 0
    const about = (): Writing => {
      const random = this.randomOf(++people)
      const { signal } = this.#end
      return { balancer: this.#balancer, tally, shops, random, usual, signal, orders }
    }
    const programs = market.customers.slice(BUYERS)
    for (let reader = 0; reader < LANES * READERS_PER_LANE; reader++) {
      const lane = reader % LANES
      const isGuest = reader % 2 === 0
      const customer = programs[(reader >> 1) % programs.length]
      const name = isGuest ? `guest ${reader + 1}` : `program ${reader + 1}`
      this.#readers.push(new Reader(name, lane, about(), isGuest ? null : customer.token))
    }
    let lane = LANES
    for (const [index, { owner }] of market.shops.entries()) {
      const form = index % 2 === 0 ? ('json' as const) : ('html' as const)
      const pause = PAUSES[(index >> 1) % PAUSES.length]
      const name = `owner ${index + 1}`
      const writer = await PriceWriter.open(name, lane++, about(), { form, owner })
      this.#writers.push({ run: (until) => writer.run([shops[index]], pause, until) })
    }
    for (const [index, customer] of market.customers.slice(0, BUYERS).entries()) {
      const buyer = new Buyer(`customer ${index + 1}`, lane++, about(), customer)
      this.#writers.push({ run: (until) => buyer.run(shops, BUYERS_PAUSE, until) })
    }
    const settled = () => this.system.transactionsEnd()
    this.#trade = await new CountedTrade(market.counted, lane++, about(), settled).open()
  }
}
