import type { Position } from '#replication/position'

/** A cached value and the position that it was read at. */
export interface CacheEntry {
  /** JSON text: what the cache holds is data, never a live object. */
  value: string
  position: Position
}

/**
 * Values grouped under keys; a key is what the change feed invalidates, a field is one page of it.
 *
 * Each key has a *floor*: the position of the last announced change. `raiseFloor` drops the key's values
 * and `fill` refuses a value that was read below the floor; each is one atomic step, so a reader that
 * was slow or whose replica is behind cannot put an old value back.
 */
export abstract class Cache {
  /** The entry, or null when there is none, and the position that a fill of this key must reach. */
  abstract read(key: string, field: string): Promise<{ entry: CacheEntry | null; floor: Position }>

  /** Keeps the entry for `ttl` milliseconds if it was read at or past the floor. Says whether it did. */
  abstract fill(key: string, field: string, entry: CacheEntry, ttl: number): Promise<boolean>

  /** Drops what the keys hold and refuses later fills read before `position`. Never lowers a floor. */
  abstract raiseFloor(keys: string[], position: Position): Promise<void>

  /** As `raiseFloor` for every key there is or will be: for when changes may have been missed. */
  abstract raiseAllFloors(position: Position): Promise<void>
}
