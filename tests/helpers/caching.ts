import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { CityCache } from '#caches/city_cache'
import { MemoryCache } from '#caches/memory_cache'
import { ProductCache } from '#caches/product_cache'
import { ReadThrough } from '#caches/read_through'
import { ShopCache } from '#caches/shop_cache'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeEvent } from '#change_feed/change_event'
import { InvalidateCaches } from '#caches/invalidate_caches'
import type Product from '#models/product'
import type { Cache } from '#caches/cache'
import { Passed } from '#replication/passed'
import { Replication } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'

const MINUTE = 60_000

/** A reader paused by a test must not count as a hanging replica. */
const patientReplication = () =>
  new Replication(db, logger, { ...app.config.get('replication'), replicaTimeout: MINUTE })

/** The application's components around a separate cache. */
export async function caching(
  options: { cache?: Cache; replication?: Replication; maximumSilence?: number } = {}
) {
  const replication = options.replication ?? patientReplication()
  const cache = options.cache ?? new MemoryCache()
  const maximumSilence = options.maximumSilence ?? MINUTE
  const readThrough = new ReadThrough(cache, replication, logger)
  const [shops, products] = [new ShopCache(readThrough), new ProductCache(readThrough)]
  const handlers = [
    new InvalidateCaches(
      ...([cache, shops, products, new CityCache(readThrough)] as const),
      ...([logger, new Passed(true, MINUTE), maximumSilence] as const)
    ),
  ]
  const dispatcher = new ChangeDispatcher(replication, handlers, logger)
  await cache.keepAlive(maximumSilence, 0n)
  return { cache, replication, readThrough, products, dispatcher }
}

/** A session that has neither written nor seen anything. */
export const newSession = () => new SessionClock(null, null)

/** A change event of a product. */
export function changeOf({ id, shopId }: Product, values: Partial<ChangeEvent> = {}): ChangeEvent {
  return {
    table: 'products',
    operation: 'update',
    key: { id, shop_id: shopId },
    keyBefore: null,
    transactionId: null,
    committedAt: new Date(),
    ...values,
  }
}
