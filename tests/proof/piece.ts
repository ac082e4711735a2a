import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { Random } from '#database/demo/random'
import { Crowd, CUSTOMERS, SHOPS } from './crowd.js'
import { Faults, type FaultCount } from './faults.js'
import type { ShopPages } from './history/pages.js'
import type { Tally } from './history/tally.js'
import { UsualCache } from './load/usual_cache.js'
import { openMarket, FIRST_PRICE, FIRST_STOCK } from './market.js'
import { System } from './system.js'

/** After so long with faults and writes comes a quiet moment in which everything has to agree, in milliseconds. */
const ROUND = 50_000
const WARM_READS = 2_000
const WARM_UP = 20_000
/** Two heartbeats, and a little. */
const QUIET = 2_500

/** What was counted of one way to serve pages. */
export interface Counted {
  reads: number
  json: number
  html: number
  values: number
  inWake: number
  refused: number
  unanswered: number
  ownWritesMissing: number
  wentBack: number
  invented: number
  differing: number
  longestStaleness: number
  /** By the columns of `STALENESS`. */
  staleness: number[]
}

/** One run, as a line of JSON. */
export interface Piece {
  date: string
  commit: string
  seed: number
  on: 'embedded' | 'stack'
  seconds: number
  ours: Counted
  usual: Counted
  readsInFaults: number
  faults: Record<string, FaultCount>
  rounds: number
  priceChanges: number
  orders: number
  orderProblems: number
  /** Calls to stocks and khatas. */
  calls: number
  contradictions: number
  excerpts: string[]
}

export interface PieceOptions {
  seconds: number
  seed: number
  isStack: boolean
  say: (line: string) => void
  /** Ends early, with a report of what was done. */
  end: AbortSignal
}

/** Every promise that was broken, by all checks. */
export function violationsOf({ ours, orderProblems, contradictions }: Piece) {
  const { ownWritesMissing, wentBack, invented, differing } = ours
  return ownWritesMissing + wentBack + invented + differing + orderProblems + contradictions
}

/** Runs servers, load and faults for a while, and checks everything. */
export async function runPiece(options: PieceOptions): Promise<Piece> {
  const system = await System.start(options.isStack, options.say)
  try {
    return await new Run(system, options).run()
  } finally {
    await system.stop()
  }
}

class Run {
  #rounds = 0
  #began = 0
  #crowd!: Crowd
  #usual!: UsualCache
  #faults!: Faults
  #reading = new AbortController()

  constructor(
    private system: System,
    private options: PieceOptions
  ) {}

  async run() {
    const { seed, say } = this.options
    const { Replication } = await import('#replication/replication')
    const market = await openMarket({ shops: SHOPS, customers: CUSTOMERS })
    this.#usual = await UsualCache.start(await this.system.app.container.make(Replication))
    this.#crowd = await Crowd.open(market, this.system, this.#usual, seed)
    const { tally } = this.#crowd
    const random = (index: number) => new Random(seed, 2, index)
    this.#faults = new Faults(this.system, this.#usual, random, () => tally.reads)
    say('everything is up; the load begins')
    this.#began = performance.now()
    const progress = setInterval(() => this.#sayProgress(), 10_000)
    try {
      await this.#unlessFailed([this.#crowd.read(this.#reading.signal), this.#roundAfterRound()])
      return await this.#piece()
    } finally {
      clearInterval(progress)
      this.#crowd.close()
      await this.#usual.stop().catch(() => {})
    }
  }

  get #elapsed() {
    return performance.now() - this.#began
  }

  async #roundAfterRound() {
    const { end, seconds } = this.options
    await this.#warmUp()
    while (this.#elapsed < seconds * 1_000 && !end.aborted) {
      const left = Math.ceil(Math.max(1_000, seconds * 1_000 - this.#elapsed))
      const until = AbortSignal.any([AbortSignal.timeout(Math.min(ROUND, left)), end])
      await Promise.all([this.#faults.happen(until), this.#crowd.write(until)])
      await this.#agree()
      this.#rounds++
    }
    this.#reading.abort()
  }

  /** Servers that have just started are slow: nothing is broken until they have answered for a while. */
  async #warmUp() {
    const deadline = performance.now() + WARM_UP
    while (performance.now() < deadline && this.#crowd.tally.reads < WARM_READS) await delay(100)
  }

  /** Nobody writes, and nothing is broken: every server has to show what the primary has. */
  async #agree() {
    await this.system.isWell()
    await this.system.replicasFollow()
    await delay(QUIET)
    const { shops, tally } = this.#crowd
    for (const shop of shops) {
      const real = await this.#stored(shop)
      for (const server of this.system.servers.keys()) {
        for (const form of ['json', 'html'] as const) {
          const shown = await this.#crowd.firstLook(server, shop, form)
          const differs =
            valuesOf(shown) !== valuesOf(form === 'json' ? real : { ...real, bought: null })
          if (differs)
            noteDifference(tally, `server ${server + 1} shows ${valuesOf(shown)} as ${form}`, shop)
        }
      }
      const shown = await this.#usual.shows(shop)
      if (valuesOf(shown) !== valuesOf(real)) noteDifference(this.#usual.tally, 'it differs', shop)
    }
  }

  async #stored(shop: ShopPages) {
    const { default: Product } = await import('#models/product')
    const rows = await Product.query().where('shop_id', shop.id)
    const byId = new Map(rows.map((row) => [row.id, row]))
    const products = shop.products.map((id) => byId.get(id)!)
    return {
      prices: products.map(({ pricePaise }) => pricePaise - FIRST_PRICE),
      bought: products.map(({ stock }) => FIRST_STOCK - stock),
    }
  }

  /** What fails ends everything at once. */
  async #unlessFailed(tasks: Promise<unknown>[]) {
    try {
      await Promise.all(tasks)
    } catch (error) {
      this.#reading.abort()
      this.#crowd.abort(error)
      await Promise.allSettled(tasks)
      throw error
    }
  }

  #sayProgress() {
    const { tally } = this.#crowd
    const seconds = this.#elapsed / 1_000
    const faults = [...this.#faults.counts.values()].reduce((sum, { times }) => sum + times, 0)
    this.options.say(
      `${Math.round(seconds)} s: ${number(tally.reads)} reads, ${number(tally.reads / seconds)} a second, ` +
        `${number(this.#crowd.orders.count)} orders, ${faults} faults, ${tally.wrong} violations; ` +
        `the usual cache ${number(this.#usual.tally.wrong)} in ${number(this.#usual.tally.reads)}`
    )
  }

  async #piece(): Promise<Piece> {
    const { isStack, seed } = this.options
    const seconds = Math.round(this.#elapsed / 1_000)
    const { tally, orders, trade, shops } = this.#crowd
    await trade.readAll()
    const { default: Order } = await import('#models/order')
    const stored = (await Order.all()).map(({ id, customerId }) => ({ id, customer: customerId }))
    const problems = orders.problems(stored)
    const contradictions = trade.contradictions()
    return {
      date: new Date().toISOString(),
      commit: commit(),
      seed,
      on: isStack ? 'stack' : 'embedded',
      seconds,
      ours: counted(tally),
      usual: counted(this.#usual.tally),
      readsInFaults: this.#faults.reads,
      faults: Object.fromEntries([...this.#faults.counts].toSorted()),
      rounds: this.#rounds,
      priceChanges: shops
        .flatMap(({ prices }) => prices)
        .reduce((sum, { certain }) => sum + certain, 0),
      orders: orders.count,
      orderProblems: problems.length,
      calls: trade.calls,
      contradictions: contradictions.length,
      excerpts: [...tally.examples, ...problems, ...contradictions].slice(0, 5),
    }
  }
}

function noteDifference(tally: Tally, what: string, shop: ShopPages) {
  tally.differingAfterQuiet++
  tally.example(`shop ${shop.id.slice(-6)} after a quiet moment: ${what}`)
}

function valuesOf({ prices, bought }: { prices: number[]; bought: number[] | null }) {
  return [...prices, ...(bought ? ['bought', ...bought] : [])].join(' ')
}

function counted(tally: Tally): Counted {
  return {
    reads: tally.reads,
    json: tally.byForm.json,
    html: tally.byForm.html,
    values: tally.values,
    inWake: tally.inWake,
    refused: tally.refused,
    unanswered: tally.unanswered,
    ownWritesMissing: tally.staleOwnWrites,
    wentBack: tally.nonMonotonicReads,
    invented: tally.invented,
    differing: tally.differingAfterQuiet,
    longestStaleness: Math.round(tally.longestStaleness),
    staleness: tally.staleness,
  }
}

const number = (value: number) => Math.round(value).toLocaleString('en')

function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
}
