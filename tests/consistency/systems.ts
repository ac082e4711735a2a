import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import env from '#start/env'
import { MemoryCache } from '#caches/memory_cache'
import { PgoutputChangeFeed } from '#change_feed/pgoutput_change_feed'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import { Replication, type Read } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'
import { caching } from '#tests/helpers/caching'
import { Findings, type Versions } from './checker.js'
import { ForgetfulFeed, NaiveCache } from './naive_cache.js'

/** Longer than a run's pauses between heartbeats, shorter than its longest stops of the feed. */
const MAXIMUM_SILENCE = 1_000

/** A way to serve the pages of a shop from a cache. */
export interface System {
  name: string
  findings: Findings
  feed: ChangeFeed
  slot: string
  listener: ChangeListener
  read(shopId: string, clock: SessionClock): Promise<Versions>
  /** The session has written; called after the commit. */
  wrote(clock: SessionClock): Promise<void>
  /** Everything that is cached runs out. */
  expire(): void
}

/** Waits a while between a read and what is done with it. */
class SlowReplication extends Replication {
  constructor(
    private dawdle: () => Promise<void>,
    ...parameters: ConstructorParameters<typeof Replication>
  ) {
    super(...parameters)
  }

  async readAt<T>(...parameters: [Parameters<Replication['readAt']>[0], Read<T>]) {
    const reading = await super.readAt(...parameters)
    await this.dawdle()
    return reading
  }
}

/** A memory cache whose entries can be made to run out; floors stay, as they do when a time runs out. */
class ExpiringCache extends MemoryCache {
  #expired = new Set<string>()
  #all = new Set<string>()

  async read(key: string, field: string) {
    const found = await super.read(key, field)
    return this.#expired.has(key) ? { ...found, entry: null } : found
  }

  async fill(...parameters: Parameters<MemoryCache['fill']>) {
    const kept = await super.fill(...parameters)
    this.#all.add(parameters[0])
    if (kept) this.#expired.delete(parameters[0])
    return kept
  }

  expire() {
    this.#expired = new Set(this.#all)
  }
}

export async function systems(dawdle: () => Promise<void>) {
  const options = { replicaTimeout: 300, retryAfter: 100, maximumLag: 3_000, primaryReads: 10 }
  const replication = new SlowReplication(dawdle, db, logger, options)
  return { replication, ours: await ours(replication), naive: naive(replication) }
}

async function ours(replication: Replication): Promise<System> {
  const cache = new ExpiringCache()
  const parts = await caching({ cache, replication, maximumSilence: MAXIMUM_SILENCE })
  const slot = 'kirana_consistency'
  return {
    name: 'this application',
    slot,
    findings: new Findings(),
    feed: new PgoutputChangeFeed(db, logger, feedOptions(slot)),
    listener: parts.dispatcher,
    async read(shopId, clock) {
      return versions((await parts.products.list(shopId, null, clock))!.items)
    },
    async wrote(clock) {
      clock.saw(await replication.currentPosition())
    },
    expire: () => cache.expire(),
  }
}

function naive(replication: Replication): System {
  const cache = new NaiveCache(replication)
  const slot = 'kirana_naive'
  return {
    name: 'SET and DEL',
    slot,
    findings: new Findings(),
    feed: new ForgetfulFeed(slot, db, logger, feedOptions(slot)),
    listener: cache,
    read: async (shopId) => versions(await cache.list(shopId)),
    wrote: async () => {},
    expire: () => cache.expire(),
  }
}

function feedOptions(slot: string) {
  return {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    slot,
    heartbeatEvery: 100,
    longestPause: 500,
  }
}

export function versions(products: { id: string; pricePaise: number }[]): Versions {
  return new Map(products.map(({ id, pricePaise }) => [id, pricePaise]))
}
