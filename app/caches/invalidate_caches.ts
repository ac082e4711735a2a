import type { Logger } from '@adonisjs/core/logger'
import type { Cache } from '#caches/cache'
import type { CityCache } from '#caches/city_cache'
import type { ProductCache } from '#caches/product_cache'
import type { ShopCache } from '#caches/shop_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import type { Passed } from '#replication/passed'
import { formatPosition, type Position } from '#replication/position'

export class InvalidateCaches extends ChangeHandler {
  constructor(
    private cache: Cache,
    private shops: ShopCache,
    private products: ProductCache,
    private cities: CityCache,
    private logger: Logger,
    private passed: Passed,
    /** Maximum age of a heartbeat, in milliseconds, before cached values expire. */
    private maximumSilence: number
  ) {
    super()
  }

  async handle(changes: ChangeEvent[], position: Position) {
    if (changes.some(({ operation }) => operation === 'truncate')) {
      await this.cache.raiseAllFloors(position)
      this.logger.info(`change event: table truncated, all cache keys dropped`)
      return
    }
    const keys = [...new Set(changes.flatMap((change) => this.#keysOf(change)))]
    if (keys.length === 0) return
    await this.cache.raiseFloor(keys, position)
    this.#log(changes, keys, position)
  }

  async heartbeat(age: number, watermark: Position) {
    if (age >= this.maximumSilence || !this.passed.isCounted) return
    await this.cache.keepAlive(this.maximumSilence - age, watermark)
    this.passed.noteWatermark(watermark)
  }

  async gap(position: Position) {
    await this.cache.raiseAllFloors(position)
  }

  #keysOf({ table, key, keyBefore }: ChangeEvent) {
    const identities = keyBefore ? [key, keyBefore] : [key]
    return identities.flatMap((identity) => {
      if (table === 'cities') return this.cities.keysOf()
      if (table === 'products') return this.products.keysOf(identity.shop_id)
      if (table !== 'shops') return []
      return [...this.shops.keysOf(identity.city), ...this.products.keysOf(identity.id)]
    })
  }

  #log(changes: ChangeEvent[], keys: string[], position: Position) {
    const { table, operation, key, committedAt } = changes[0]
    const others = changes.length > 1 ? ` and ${changes.length - 1} more` : ''
    this.logger.info(
      { keys: keys.slice(0, 20), position: formatPosition(position) },
      `change event from ${table} (${operation} ${key.id}${others}): ` +
        `dropped ${keys.length} cache keys ${Date.now() - committedAt.getTime()} ms after the commit`
    )
  }
}
