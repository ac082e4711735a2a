import { LRUCache } from 'lru-cache'
import { Cache, type CacheEntry, type CacheLookup } from '#caches/cache'
import { bytesOf, MEGABYTE } from '#memory/size'
import type { Position } from '#replication/position'

interface Held extends CacheEntry {
  key: string
  field: string
  expiresAt: number
  version: number
}

interface Shelf {
  floor: Position
  entries: Map<string, Held>
}

interface Limits {
  /** Of all values together. */
  bytes?: number
  /** Number of keys whose floors are known. */
  keys?: number
}

/**
 * In-process cache. When full, it evicts the entries that were used least recently, of whichever key. Evicting a
 * key raises the floor of all absent keys to its floor: stricter than needed, never laxer.
 */
export class MemoryCache extends Cache {
  #shelves: LRUCache<string, Shelf>
  /** Every entry of every shelf, the least recently used first to go. */
  #used: LRUCache<Held, true>
  #lowestFloor: Position = 0n
  #watermark: Position = 0n
  #aliveUntil = 0
  #fills = 0

  constructor({ bytes = 12 * MEGABYTE, keys = 10_000 }: Limits = {}) {
    super()
    this.#used = new LRUCache({
      maxSize: bytes,
      sizeCalculation: (_, { key, field, value }) => bytesOf(key, field, value),
      dispose: (_, held) => this.#take(held),
    })
    this.#shelves = new LRUCache({
      max: keys,
      dispose: (shelf, _, reason) => {
        this.#clear(shelf)
        if (reason === 'evict') this.#lowestFloor = later(this.#lowestFloor, shelf.floor)
      },
    })
  }

  async read(key: string, field: string): Promise<CacheLookup> {
    const shelf = this.#shelves.get(key)
    const held = this.#validIn(shelf, field)
    return {
      entry: held && { ...held, currentAt: later(held.position, this.#watermark) },
      floor: shelf?.floor ?? this.#lowestFloor,
      mayFill: true,
    }
  }

  versionOf(key: string, field: string) {
    return this.#validIn(this.#shelves.get(key), field)?.version ?? null
  }

  async fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    const shelf = this.#shelf(key)
    if (entry.position < shelf.floor) return false
    const { value, position } = entry
    const expiresAt = performance.now() + ttl
    const held = { key, field, value, position, expiresAt, version: ++this.#fills }
    const replaced = shelf.entries.get(field)
    if (replaced) this.#used.delete(replaced)
    if (!this.#used.set(held, true).has(held)) return false
    shelf.entries.set(field, held)
    return true
  }

  async raiseFloor(keys: string[], position: Position) {
    for (const key of keys) {
      const shelf = this.#shelf(key)
      this.#clear(shelf)
      shelf.floor = later(shelf.floor, position)
    }
  }

  async raiseAllFloors(position: Position) {
    await this.raiseFloor([...this.#shelves.rkeys()], position)
    this.#lowestFloor = later(this.#lowestFloor, position)
  }

  async keepAlive(validFor: number, watermark: Position) {
    this.#aliveUntil = performance.now() + validFor
    this.#watermark = later(this.#watermark, watermark)
  }

  #validIn(shelf: Shelf | undefined, field: string): Held | null {
    const held = shelf?.entries.get(field)
    if (!held) return null
    this.#used.get(held)
    const now = performance.now()
    return held.expiresAt > now && this.#aliveUntil > now ? held : null
  }

  #shelf(key: string) {
    const known = this.#shelves.get(key)
    if (known) return known
    const shelf = { floor: this.#lowestFloor, entries: new Map<string, Held>() }
    this.#shelves.set(key, shelf)
    return shelf
  }

  #clear({ entries }: Shelf) {
    for (const held of entries.values()) this.#used.delete(held)
  }

  #take({ key, field }: Held) {
    this.#shelves.peek(key)?.entries.delete(field)
  }
}

function later(one: Position, other: Position) {
  return one > other ? one : other
}
