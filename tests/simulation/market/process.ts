import type { Cache } from '#caches/cache'
import type { CityCache } from '#caches/city_cache'
import { InvalidateCaches } from '#caches/invalidate_caches'
import { MemoryCache } from '#caches/memory_cache'
import type { ProductCache } from '#caches/product_cache'
import { ReadThrough } from '#caches/read_through'
import type { ShopCache } from '#caches/shop_cache'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import { Belongings } from '#knowledge/belongings'
import { Knowledge } from '#knowledge/knowledge'
import { KeptMarkup } from '#markup/kept_markup'
import { LiveOrders } from '#orders/live_orders'
import { Announcements } from '#replication/announcements'
import { Passed } from '#replication/passed'
import { Replication, type Read } from '#replication/replication'
import type { Position } from '#replication/position'
import type { SessionClock } from '#replication/session_clock'
import type { ReadyAnswer } from '#responses/ready_answer'
import { KnownSessions } from '#sessions/known_sessions'
import { TokenCache } from '#tokens/token_cache'
import {
  BelongingsAnywhere,
  CacheOfTwoSteps,
  CacheWithoutAdvice,
  CacheWithoutExpiry,
  CacheWithoutFloors,
  CacheWithoutGaps,
  Confirming,
  EndlessLease,
  HastyReplication,
  MarkupByKey,
  PassedHere,
} from '#tests/simulation/market/broken'
import { indexerOf, Searches } from '#tests/simulation/market/searches'
import { keyOf, WatchedCache } from '#tests/simulation/market/watched_cache'
import { SimulatedDatabase } from '#tests/simulation/model/database'
import { owners, type Owner } from '#tests/simulation/time'
import { versionIn } from '#tests/simulation/market/promises'
import type { Elasticsearch } from '#tests/simulation/model/elasticsearch'
import type { Market } from '#tests/simulation/market/market'
import { silent } from '#tests/simulation/market/silent'

export const MAXIMUM_SILENCE = 3_000
const SMALL = { bytes: 100_000, keys: 3 }
export const OPTIONS = {
  replicaTimeout: 500,
  retryAfter: 1_000,
  maximumLag: 5_000,
  primaryReads: 1,
  visibleWithin: 500,
}

export interface Shown {
  version: number
}

export interface Page {
  text: string
  byteLength: number
}

/** A process of the application, made of the parts that production has. */
export class Process implements Owner {
  stopped: Promise<void> | null = null
  readonly database: SimulatedDatabase
  readonly replication: Replication
  readonly cache: WatchedCache
  readonly passed: Passed
  readonly knowledge: Knowledge
  readonly belongings: Belongings
  readonly sessions: KnownSessions
  readonly tokens: TokenCache
  readonly markup: KeptMarkup
  readonly live: LiveOrders
  readonly dispatcher: ChangeListener
  /** Answers that can be sent again, with their bodies. */
  readonly ready = new Map<string, { answer: ReadyAnswer; body: Page }>()
  /** Where sessions would be if they were in memory. */
  readonly ownSessions = new Map<string, unknown>()
  readonly gone = Promise.withResolvers<never>()
  feed: ChangeFeed | null = null
  readonly searches: Searches | null
  #readThrough: ReadThrough
  #announcements: Announcements
  #filling = new Map<string, number>()
  #onPrimary = 0

  constructor(
    readonly name: string,
    private market: Market
  ) {
    const { world, promises } = market
    this.gone.promise.catch(() => {})
    this.database = new SimulatedDatabase(market.primaryServer, market.replicaServers, (servers) =>
      market.connect(servers)
    )
    const db = this.database.asLucid
    const options = world.without('a limit on reads that fall back to the primary')
      ? { ...OPTIONS, primaryReads: Infinity }
      : OPTIONS
    this.replication = world.without('the feed waits for visibility before it samples')
      ? new HastyReplication(db, silent, options)
      : new Replication(db, silent, options)
    this.cache = new WatchedCache(
      this.#cacheWithout(),
      promises,
      MAXIMUM_SILENCE,
      market.isShared ? market.announced : new Map()
    )
    this.#readThrough = this.#newReadThrough()
    const PassedClass = world.without('a cookie is left out only when all have passed')
      ? PassedHere
      : Passed
    this.passed = new PassedClass(market.isShared, MAXIMUM_SILENCE)
    this.searches = market.elasticsearch && this.#newSearches(market.elasticsearch)
    this.knowledge = new Knowledge(silent, 'primary', this.passed, this.replication)
    if (world.without('copies count only under a lease'))
      Object.assign(this.knowledge, { lease: new EndlessLease() })
    this.sessions = new KnownSessions(this.knowledge, db)
    this.tokens = new TokenCache(this.knowledge, db)
    const BelongingsClass = world.without('own pages are read where the last change is')
      ? BelongingsAnywhere
      : Belongings
    this.belongings = new BelongingsClass(this.replication, this.knowledge.lease, 100_000, 5)
    this.markup = world.without('kept markup counts for its own objects only')
      ? new MarkupByKey(10_000)
      : new KeptMarkup(10_000)
    this.live = this.#liveOrders()
    this.#announcements = new Announcements([this.belongings, this.knowledge], silent, 'primary')
    this.dispatcher = new ChangeDispatcher(this.replication, [this.#handler()], silent)
  }

  start(listener: ChangeListener) {
    owners.run(this, () => {
      void this.#announcements.start()
      void this.#note()
      void this.feed!.start(listener)
    })
  }

  /** It fills the index too. */
  startIndexer(feed: ChangeFeed) {
    const { elasticsearch, world } = this.market
    const indexer = indexerOf(elasticsearch!, this.database.asLucid, this.replication)
    const isEarly = world.without('a position is indexed after what is before it')
    owners.run(this, () => void feed.start(isEarly ? new Confirming(indexer) : indexer))
  }

  /** It goes on after so many milliseconds, unless it is killed before. */
  pause(ms: number) {
    if (this.stopped) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.stopped = promise
    this.market.world.time.set(
      () => {
        if (this.stopped !== promise) return
        this.stopped = null
        resolve()
      },
      ms,
      null
    )
  }

  kill() {
    this.stopped = new Promise(() => {})
    this.gone.reject(new Error(`${this.name} is gone`))
  }

  /** Handles a request here. Rejects when the process ends. */
  serve<T>(work: () => Promise<T>): Promise<T> {
    const served = owners.run(this, async () => {
      if (this.stopped) {
        await this.stopped
        await this.market.world.step()
      }
      return work()
    })
    return Promise.race([served, this.gone.promise])
  }

  /** The products of a shop, as a page shows them. */
  async products(shop: string, clock: SessionClock): Promise<Shown> {
    const one = this.market.world.without('one fill for all who wait')
    const readThrough = one ? this.#newReadThrough() : this.#readThrough
    return readThrough.getFrom<Shown>(keyOf(shop), 'page', clock, {
      readAt: (needed, seen) => this.#readProducts(shop, needed, seen),
      mayLag: false,
    })
  }

  /** The products of a shop, as a search finds them. */
  search(shop: string, clock: SessionClock) {
    return this.searches!.search(shop, clock)
  }

  /** Reads what belongs to a person. */
  async orders(person: string, clock: SessionClock, isKept: boolean): Promise<Shown> {
    const read: Read<Shown> = async (client) => {
      const { rows } = await client.rawQuery('SELECT version FROM orders WHERE id = ?', [person])
      return rows[0]
    }
    return isKept
      ? this.belongings.keep(person, clock, 'orders', read)
      : this.belongings.read(person, clock, read)
  }

  async #readProducts(shop: string, needed: Position, seen: Position) {
    const { promises } = this.market
    const key = `${shop} ${needed} ${seen}`
    const filling = (this.#filling.get(key) ?? 0) + 1
    this.#filling.set(key, filling)
    promises.atMost('one fill for all who wait', filling, 1)
    try {
      return await this.replication.readAt(
        needed,
        async (client) => {
          const isPrimary = !(client as any).server.replica
          if (isPrimary)
            promises.atMost(
              'a limit on reads of the primary',
              ++this.#onPrimary,
              OPTIONS.primaryReads
            )
          const { rows } = await client.rawQuery('SELECT version FROM products WHERE id = ?', [
            shop,
          ])
          if (isPrimary) this.#onPrimary--
          return rows[0] as Shown
        },
        seen
      )
    } finally {
      this.#filling.set(key, this.#filling.get(key)! - 1)
    }
  }

  #newSearches(elasticsearch: Elasticsearch) {
    return new Searches(this.market.world, elasticsearch, {
      ...{ replication: this.replication, readThrough: this.#readThrough, passed: this.passed },
    })
  }

  #newReadThrough() {
    return new ReadThrough(this.cache, this.replication, silent)
  }

  #cacheWithout(): Cache {
    const { world } = this.market
    if (this.market.redis) return this.market.redisCache(this)
    if (world.without('a fill must reach the floor')) return new CacheWithoutFloors(SMALL)
    if (world.without('check and change are one step')) return new CacheOfTwoSteps(world)
    if (world.without('a miss asks `readAt` for the floor')) return new CacheWithoutAdvice(SMALL)
    if (world.without('entries count only while heartbeats come'))
      return new CacheWithoutExpiry(SMALL)
    if (world.without('a gap raises all floors')) return new CacheWithoutGaps(SMALL)
    return new MemoryCache(SMALL)
  }

  #liveOrders() {
    const { world } = this.market
    const transmit: any = { broadcast: (_: string, told: any) => this.market.broadcast(told.state) }
    const isEarly = world.without('open pages are told after the fence')
    const knowledge: any = isEarly ? { settle: async () => {} } : this.knowledge
    return new LiveOrders(transmit, null as any, knowledge)
  }

  /** Notes what was announced once it has been handled. */
  #handler() {
    const { primary } = this.market
    const handler = new InvalidateCaches(
      this.cache,
      {} as ShopCache,
      {
        keysOf: (shop: string) => [keyOf(shop), ...(this.searches?.cache.keysOf(shop) ?? [])],
      } as ProductCache,
      {} as CityCache,
      silent,
      this.passed,
      MAXIMUM_SILENCE
    )
    const handle = handler.handle.bind(handler)
    handler.handle = async (changes: ChangeEvent[], position: Position) => {
      await handle(changes, position)
      for (const { table, key, transactionId } of changes) {
        const row = `${table} ${key.id}`
        const commit = primary.log.find(({ xid }) => xid === transactionId)!
        const known = this.cache.announced.get(row) ?? 0
        this.cache.announced.set(row, Math.max(known, versionIn(commit, row)!))
        this.market.world.tell(() => `${this.name}: floor of ${row} at ${position}`)
      }
    }
    return handler
  }

  async #note() {
    await this.replication.notePosition()
    setTimeout(() => this.#note(), 2_000)
  }
}
