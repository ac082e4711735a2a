import { Cache, type CacheEntry } from '#caches/cache'
import type { Position } from '#replication/position'
import type { Promises, Versions } from '#tests/simulation/market/promises'

/** A cache whose hits are checked. */
export class WatchedCache extends Cache {
  /** Every change up to here was handled. */
  watermark: Position = 0n

  constructor(
    private cache: Cache,
    private promises: Promises,
    private maximumSilence: number,
    /** By row: what its floors have been raised for. */
    readonly announced: Versions
  ) {
    super()
  }

  async read(key: string, field: string) {
    const row = rowOf(key)
    const known = this.announced.get(row) ?? 0
    const due = this.promises.versionAt(row, performance.now() - this.maximumSilence)
    const lookup = await this.cache.read(key, field)
    const version = Number(/"version":(\d+)/.exec(lookup.entry?.value ?? '')?.[1])
    if (lookup.entry) this.promises.hit(row, version, { known, due })
    return lookup
  }

  versionOf(key: string, field: string) {
    return this.cache.versionOf(key, field)
  }

  fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    return this.cache.fill(key, field, entry, ttl)
  }

  raiseFloor(keys: string[], position: Position) {
    return this.cache.raiseFloor(keys, position)
  }

  raiseAllFloors(position: Position) {
    return this.cache.raiseAllFloors(position)
  }

  async keepAlive(validFor: number, watermark: Position) {
    await this.cache.keepAlive(validFor, watermark)
    if (watermark > this.watermark) this.watermark = watermark
  }
}

export const keyOf = (shop: string) => `products:${shop}`
const rowOf = (key: string) => key.replace(/^(products|search):/, 'products ')
