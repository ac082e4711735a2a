import { MessageBuilder } from '@adonisjs/core/helpers'
import { madeOf } from '#caches/made_of'
import ReadYourWritesMiddleware from '#middleware/read_your_writes_middleware'
import SettledWritesMiddleware from '#middleware/settled_writes_middleware'
import WritesMiddleware from '#middleware/writes_middleware'
import { parsePosition } from '#replication/position'
import { SessionClock } from '#replication/session_clock'
import { ReadyAnswer } from '#responses/ready_answer'
import { Request, type Jar } from '#tests/simulation/market/request'
import { versionIn } from '#tests/simulation/market/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { Market } from '#tests/simulation/market/market'
import type { Page, Process } from '#tests/simulation/market/process'
import type { Markup } from '#markup/markup'

/** A reader is a guest who stays. */
export type Kind = 'guest' | 'reader' | 'person' | 'program'
export type Action =
  'look' | 'look twice' | 'search' | 'change a price' | 'own orders' | 'change an order' | 'wait'

/** A session of the market, and what it must not see any more. */
export class Visitor {
  readonly jar: Jar = new Map()
  #written = new Map<string, number>()
  #seen = new Map<string, number>()

  constructor(
    readonly kind: Kind,
    readonly id: string,
    private market: Market
  ) {}

  async act(action: Action) {
    const { world } = this.market
    const shop = world.dice(8) === 0 ? '2' : '1'
    if (this.kind === 'guest' && world.dice(3) === 0) this.#leave()
    try {
      if (action === 'wait') await world.pause([100, 1_000, 4_000][world.dice(3)])
      else if (action === 'look') await this.look(shop)
      else if (action === 'look twice') await Promise.all([this.look(shop), this.look(shop)])
      else if (action === 'search') await this.search(shop)
      else if (action === 'change a price') await this.#changePrice(shop)
      else if (action === 'own orders') await this.#ownOrders()
      else await this.#changeOrder()
    } catch (error) {
      if (!this.market.isGone(error)) throw error
    }
  }

  /** The next guest has a browser that remembers nothing. */
  #leave() {
    this.jar.clear()
    this.#seen = new Map()
  }

  /** Looks at the products of a shop. */
  async look(shop: string, at?: Process) {
    const row = `products ${shop}`
    const { world, promises } = this.market
    const [written, seen] = [this.#written.get(row) ?? 0, this.#seen.get(row) ?? 0]
    if (!at) await world.turn()
    const process = at ?? this.market.anyProcess()
    const { text, request } = await process.serve(() => this.#pageSince(shop, process))
    if (!at) await world.turn()
    request?.applyTo(this.jar)
    const version = Number(text)
    world.tell(() => `${this.id} at ${process.name}: ${row} v${version}`)
    promises.session(this.id, row, version, written, this.#remembers(seen))
    this.#seen.set(row, Math.max(version, this.#seen.get(row) ?? 0))
    return version
  }

  /** Searches for the products of a shop. A page may show less than a search, but no search less than a page. */
  async search(shop: string, at?: Process) {
    const row = `products ${shop}`
    const { world, promises } = this.market
    const [written, seen] = [this.#written.get(row) ?? 0, this.#seen.get(row) ?? 0]
    await world.turn()
    const process = at ?? this.market.anyProcess()
    const { shown, request } = await process.serve(async () => {
      const { request: asked, handle } = await this.#asks(process)
      return { shown: await handle(() => process.search(shop, asked.ctx.clock)), request: asked }
    })
    await world.turn()
    request.applyTo(this.jar)
    const { version } = shown
    world.tell(() => `${this.id} at ${process.name}: found ${row} v${version}`)
    promises.search(this.id, row, version, Math.max(written, seen))
    return version
  }

  /** The page of a person's orders. */
  async #ownOrders(told = 0) {
    const row = 'orders customer'
    const { world, promises } = this.market
    const [written, seen] = [this.#written.get(row) ?? 0, this.#seen.get(row) ?? 0]
    const answered = this.market.answered.get(row) ?? 0
    await world.turn()
    const process = this.market.anyProcess()
    const isKept = world.dice(2) === 0
    const { shown, request } = await process.serve(async () => {
      const { request: asked, handle } = await this.#asks(process)
      const value = await handle(() => process.orders('customer', asked.ctx.clock, isKept))
      return { shown: value, request: asked }
    })
    await world.turn()
    request.applyTo(this.jar)
    const { version } = shown
    world.tell(() => `${this.id} at ${process.name}: ${row} v${version}`)
    promises.session(this.id, row, version, Math.max(written, answered), this.#remembers(seen))
    promises.told(row, version, told)
    this.#seen.set(row, Math.max(version, this.#seen.get(row) ?? 0))
  }

  /** An open page is told that the orders changed. */
  async told(version: number) {
    await this.#ownOrders(version).catch((error) => {
      if (!this.market.isGone(error)) throw error
    })
  }

  /** A program keeps no cookies, so nothing knows what it has seen. */
  #remembers(seen: number) {
    return this.kind === 'program' ? 0 : seen
  }

  async #changePrice(shop: string) {
    const change = { table: 'products', id: shop }
    if (this.kind === 'guest' || this.kind === 'reader') await this.market.primary.commit([change])
    else await this.#write(change)
  }

  async #changeOrder() {
    if (this.kind !== 'person') return this.#ownOrders()
    const order = { table: 'orders', id: 'customer' }
    const version = await this.#write(order, [{ channel: 'belongings', payload: 'customer' }])
    this.market.answered.set('orders customer', version)
  }

  async #write(
    change: { table: string; id: string },
    notifications: { channel: string; payload: string }[] = []
  ) {
    const { world } = this.market
    await world.turn()
    const process = this.market.anyProcess()
    const commit = () => this.#commit(process, change, notifications)
    const version = await process.serve(() =>
      this.kind === 'program' ? this.#callApi(process, commit) : this.#post(process, commit)
    )
    await world.turn()
    const row = `${change.table} ${change.id}`
    world.tell(() => `${this.id} at ${process.name}: wrote ${row} v${version}`)
    this.#written.set(row, Math.max(version, this.#written.get(row) ?? 0))
    return version
  }

  async #commit(
    process: Process,
    change: { table: string; id: string },
    notifications: { channel: string; payload: string }[]
  ) {
    const { world, primary } = this.market
    const commit = await primary.commit([change], notifications)
    await world.step()
    const version = versionIn(commit, `${change.table} ${change.id}`)!
    if (change.table === 'orders') await process.live.announce(orderAt(version))
    return version
  }

  /** A form of a person. */
  async #post(process: Process, commit: () => Promise<number>) {
    const settle = this.#settles(process)
    let version = 0
    let mark = 0
    const ctx = { request: { method: () => 'POST' } } as unknown as HttpContext
    await settle.handle(ctx, async () => {
      const values = (await process.sessions.latest(this.id)) ?? {}
      const request = new Request(
        ...([this.market.world, process, 'POST', this.jar, this.id, values] as const)
      )
      const yours = new ReadYourWritesMiddleware(process.passed)
      const writes = new WritesMiddleware(process.replication)
      await yours.handle(request.ctx, () =>
        writes.handle(request.ctx, async () => {
          version = await commit()
        })
      )
      mark = await this.#saveSession(request.session.values)
      request.applyTo(this.jar)
    })
    this.market.answered.set(`sessions ${this.id}`, mark)
    return version
  }

  async #saveSession(values: Record<string, unknown>) {
    const { primary, world } = this.market
    const mark = Number(values.mark ?? 0) + 1
    const data = new MessageBuilder().build({ ...values, mark }, undefined, this.id)
    const change = { table: 'sessions', id: this.id, values: { data, expires_at: FOREVER } }
    await primary.commit([change], [{ channel: 'rows', payload: `sessions ${this.id}` }])
    await world.step()
    return mark
  }

  /** A call of the API with a token. */
  async #callApi(process: Process, commit: () => Promise<number>) {
    let version = 0
    const ctx = { request: { method: () => 'POST' } } as unknown as HttpContext
    await this.#settles(process).handle(ctx, async () => {
      version = await commit()
      await process.tokens.noteWrite(this.id)
    })
    return version
  }

  #settles({ knowledge }: Process) {
    const isMissing = this.market.world.without('an answer waits for the fence')
    return new SettledWritesMiddleware(
      isMissing ? ({ settle: async () => {} } as typeof knowledge) : knowledge
    )
  }

  /** What a request that only looks needs before its page. */
  async #asks(process: Process) {
    const { world, promises, answered } = this.market
    const row = `sessions ${this.id}`
    const known = answered.get(row) ?? 0
    const values = this.kind === 'person' ? ((await process.sessions.find(this.id)) ?? {}) : {}
    promises.settled(process.name, row, Number(values.mark ?? 0), known)
    const request = new Request(world, process, 'GET', this.jar, this.id, values)
    const yours = new ReadYourWritesMiddleware(process.passed)
    const handle = async <T>(page: () => Promise<T>) => {
      let answer: T
      await yours.handle(request.ctx, async () => {
        answer = await page()
      })
      return answer!
    }
    return { request, handle }
  }

  /** The page, which shows what this process had heard of. */
  async #pageSince(shop: string, process: Process) {
    const row = `products ${shop}`
    const announced = process.cache.announced.get(row) ?? 0
    const page = await this.#page(shop, process)
    if (!this.market.isShared) this.market.promises.read(row, Number(page.text), announced, this.id)
    return page
  }

  async #page(shop: string, process: Process): Promise<{ text: string; request: Request | null }> {
    if (this.kind === 'program') return { text: await this.#json(shop, process), request: null }
    const isNobody = this.kind !== 'person' && this.jar.size === 0
    const ready = isNobody ? process.ready.get(shop) : undefined
    const body = ready?.answer.bodyFor(NO_REQUEST) as unknown as Page | null
    if (body) return { text: body.text, request: null }
    const { request, handle } = await this.#asks(process)
    const page = await handle(() => this.#render(shop, process, request.ctx))
    if (isNobody && request.cookies.size === 0) this.#keepReady(shop, process, request, page)
    return { text: page.text, request }
  }

  async #json(shop: string, process: Process) {
    const record = (await process.tokens.find(this.id))!
    const written = record.written ? parsePosition(record.written) : 0n
    const clock = new SessionClock(process.passed.unlessPassed(written), null)
    return String((await process.products(shop, clock)).version)
  }

  async #render(shop: string, process: Process, ctx: HttpContext) {
    const shown = await process.products(shop, ctx.clock)
    ;(ctx as any).shown = shown
    const markup = await process.markup.get(`page ${shop}`, [shown], async () => {
      await this.market.world.step()
      return { text: String(shown.version), byteLength: 10 } as unknown as Markup
    })
    return markup as unknown as Page
  }

  #keepReady(shop: string, process: Process, { ctx }: Request, body: Page) {
    const values = madeOf([(ctx as any).shown], ctx.clock)
    if (!values) return
    const isBlind = this.market.world.without('a ready answer counts for its own entries only')
    const answer = new ReadyAnswer({}, body as any, isBlind ? [] : values)
    process.ready.set(shop, { answer, body })
  }
}

const FOREVER = new Date(4_000_000_000_000)
const NO_REQUEST = {} as any

/** As `LiveOrders` looks at it. */
function orderAt(version: number): any {
  const first = async () => null
  const related = () => ({ query: () => ({ select: () => ({ first }) }) })
  return { id: 'order', customerId: 'customer', state: version, related }
}
