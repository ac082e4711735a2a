import { Cache, type CacheEntry, type CacheLookup } from '#caches/cache'
import type { Position } from '#replication/position'

interface Shelf {
  floor: Position
  entries: Map<string, CacheEntry & { expiresAt: number }>
}

/** Fields come from the paging of visitors: nobody needs more, and a crawler may not fill the memory. */
const FIELDS_PER_KEY = 200

/**
 * The cache of a single process. It holds at most `capacity` keys; a key that is pushed out leaves its
 * floor behind as the floor of every key that is not held, which is stricter than needed, never laxer.
 */
export class MemoryCache extends Cache {
  #shelves = new Map<string, Shelf>()
  #lowestFloor: Position = 0n
  #watermark: Position = 0n
  #aliveUntil = 0

  constructor(private capacity = 10_000) {
    super()
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
    if (shelf.entries.size >= FIELDS_PER_KEY) shelf.entries.clear()
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
    await this.raiseFloor([...this.#shelves.keys()], position)
    this.#lowestFloor = later(this.#lowestFloor, position)
  }

  async keepAlive(validFor: number, watermark: Position) {
    this.#aliveUntil = performance.now() + validFor
    this.#watermark = later(this.#watermark, watermark)
  }

  /** The key's shelf, moved to the end of the map so that the front is what was used longest ago. */
  #shelf(key: string) {
    const shelf = this.#shelves.get(key) ?? { floor: this.#lowestFloor, entries: new Map() }
    this.#shelves.delete(key)
    this.#shelves.set(key, shelf)
    if (this.#shelves.size > this.capacity) this.#pushOutOldest()
    return shelf
  }

  #pushOutOldest() {
    const [key, { floor }] = this.#shelves.entries().next().value!
    this.#shelves.delete(key)
    this.#lowestFloor = later(this.#lowestFloor, floor)
  }
}

function later(one: Position, other: Position) {
  return one > other ? one : other
}
