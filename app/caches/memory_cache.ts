import { LRUCache } from 'lru-cache'
import { Cache, type CacheEntry, type CacheLookup } from '#caches/cache'
import type { Position } from '#replication/position'

type Held = CacheEntry & { expiresAt: number }

interface Shelf {
  floor: Position
  entries: Map<string, Held>
}

/** Limits fields created by visitors' paging, so that a crawler cannot fill the memory. */
const FIELDS_PER_KEY = 200

/**
 * In-process cache of at most `capacity` keys. Evicting a key raises the floor of all absent keys to its floor:
 * stricter than needed, never laxer.
 */
export class MemoryCache extends Cache {
  #shelves: LRUCache<string, Shelf>
  #lowestFloor: Position = 0n
  #watermark: Position = 0n
  #aliveUntil = 0

  constructor(capacity = 10_000) {
    super()
    this.#shelves = new LRUCache({
      max: capacity,
      dispose: ({ floor }, _, reason) => {
        if (reason === 'evict') this.#lowestFloor = later(this.#lowestFloor, floor)
      },
    })
  }

  async read(key: string, field: string): Promise<CacheLookup> {
    const shelf = this.#shelves.get(key)
    const held = shelf?.entries.get(field)
    const now = performance.now()
    const valid = held !== undefined && held.expiresAt > now && this.#aliveUntil > now
    return {
      entry: valid ? { ...held, currentAt: later(held.position, this.#watermark) } : null,
      floor: shelf?.floor ?? this.#lowestFloor,
      mayFill: true,
    }
  }

  async fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    const shelf = this.#shelf(key)
    if (entry.position < shelf.floor) return false
    shelf.entries.delete(field)
    if (shelf.entries.size >= FIELDS_PER_KEY) evictOldest(shelf.entries)
    shelf.entries.set(field, { ...entry, expiresAt: performance.now() + ttl })
    return true
  }

  async raiseFloor(keys: string[], position: Position) {
    for (const key of keys) {
      const shelf = this.#shelf(key)
      shelf.entries.clear()
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

  #shelf(key: string) {
    const held = this.#shelves.get(key)
    if (held) return held
    const shelf = { floor: this.#lowestFloor, entries: new Map<string, Held>() }
    this.#shelves.set(key, shelf)
    return shelf
  }
}

function evictOldest(entries: Map<string, Held>) {
  const [oldest] = entries.keys()
  entries.delete(oldest)
}

function later(one: Position, other: Position) {
  return one > other ? one : other
}
