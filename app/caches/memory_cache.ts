import { Cache, type CacheEntry } from '#caches/cache'
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

  constructor(private capacity = 10_000) {
    super()
  }

  async read(key: string, field: string) {
    const shelf = this.#shelves.get(key)
    const entry = shelf?.entries.get(field)
    const fresh = entry && entry.expiresAt > Date.now() ? entry : null
    return { entry: fresh, floor: shelf?.floor ?? this.#lowestFloor }
  }

  async fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    const shelf = this.#shelf(key)
    if (entry.position < shelf.floor) return false
    if (shelf.entries.size >= FIELDS_PER_KEY) shelf.entries.clear()
    shelf.entries.set(field, { ...entry, expiresAt: Date.now() + ttl })
    return true
  }

  async raiseFloor(keys: string[], position: Position) {
    for (const key of keys) {
      const shelf = this.#shelf(key)
      shelf.entries.clear()
      if (position > shelf.floor) shelf.floor = position
    }
  }

  async raiseAllFloors(position: Position) {
    await this.raiseFloor([...this.#shelves.keys()], position)
    if (position > this.#lowestFloor) this.#lowestFloor = position
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
    if (floor > this.#lowestFloor) this.#lowestFloor = floor
  }
}
