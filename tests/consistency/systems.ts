import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import config from '#config/replication'
import { Replication, type Read } from '#replication/replication'
import type { Position } from '#replication/position'
import type { SessionClock } from '#replication/session_clock'
import { KeptMarkup } from '#markup/kept_markup'
import { caching } from '#tests/helpers/caching'
import { dropSlot } from '#tests/helpers/feed_recorder'
import { pricesIn } from '#tests/helpers/prices_in'
import { productListOf } from '#tests/helpers/rendered'
import { Findings, type Versions } from './checker.js'
import { ForgetfulFeed, NaiveCache } from './naive_cache.js'
import { pgoutputOptions, type Platform } from './platform.js'

const MARKUP_BYTES = 1024 * 1024

/** A way to serve the pages of a shop from a cache. */
export interface System {
  name: string
  findings: Findings
  feed: ChangeFeed
  /** Makes the feed forget where it was; it must be stopped. */
  forget(): Promise<unknown>
  listener: ChangeListener
  /** What a page shows, in each form that it is read in. */
  read(shopId: string, clock: SessionClock): Promise<Versions[]>
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

  async readAt<T>(atLeast: Position | null, read: Read<T>, seen?: Position) {
    const reading = await super.readAt(atLeast, read, seen)
    await this.dawdle()
    return reading
  }
}

export async function systems(platform: Platform, dawdle: () => Promise<void>) {
  const options = { ...config, replicaTimeout: 300, retryAfter: 100, maximumLag: 3_000 }
  const replication = new SlowReplication(dawdle, db, logger, options)
  return { replication, ours: await ours(platform, replication), naive: naive(replication) }
}

async function ours(platform: Platform, replication: Replication): Promise<System> {
  const { cache, expire } = await platform.createCache(replication)
  const { maximumSilence } = platform
  const parts = await caching({ cache, replication, maximumSilence })
  const slot = 'kirana_consistency'
  const kept = new KeptMarkup(MARKUP_BYTES)
  return {
    name: 'this application',
    findings: new Findings(),
    feed: platform.createFeed(slot),
    forget: () => platform.forget(slot),
    listener: parts.dispatcher,
    async read(shopId, clock) {
      const list = (await parts.products.list(shopId, null, clock))!
      return [versions(list.items), pricesIn(await productListOf(kept, shopId, list))]
    },
    async wrote(clock) {
      clock.wrote(await replication.currentPosition())
    },
    expire,
  }
}

function naive(replication: Replication): System {
  const cache = new NaiveCache(replication)
  const slot = 'kirana_naive'
  return {
    name: 'SET and DEL',
    findings: new Findings(),
    feed: new ForgetfulFeed(slot, db, logger, pgoutputOptions(slot)),
    forget: () => dropSlot(slot),
    listener: cache,
    read: async (shopId) => [versions(await cache.list(shopId))],
    wrote: async () => {},
    expire: () => cache.expire(),
  }
}

export function versions(products: { id: string; pricePaise: number }[]): Versions {
  return new Map(products.map(({ id, pricePaise }) => [id, pricePaise]))
}
