import type { Position } from '#replication/position'

/** A value and the position that it was read at. */
export interface CacheEntry {
  /** JSON text: what the cache holds is data, never a live object. */
  value: string
  position: Position
}

/** An entry that was found. */
export interface CacheHit extends CacheEntry {
  /** The later of `position` and the watermark: no change up to here has touched the entry. */
  currentAt: Position
}

/** What the cache knows of one page of a key. */
export interface CacheLookup {
  entry: CacheHit | null
  /** The position that a fill must reach. */
  floor: Position
  /** False when another process is filling this page at the moment. */
  mayFill: boolean
}

/**
 * Values grouped under keys; a key is what the change feed invalidates, a field is one page of it.
 *
 * Each key has a *floor*: a position at or past its last announced change. `raiseFloor` drops the key's
 * values, and `fill` refuses a value that was read below the floor; each is one atomic step, so a reader
 * who was slow or whose replica is behind cannot put an old value back.
 *
 * Values count only while the feed is alive: `keepAlive` says until when. Every method may throw
 * `E_CACHE_UNAVAILABLE`.
 */
export abstract class Cache {
  abstract read(key: string, field: string): Promise<CacheLookup>

  /** Keeps the entry for `ttl` milliseconds if it was read at or past the floor. Says whether it did. */
  abstract fill(key: string, field: string, entry: CacheEntry, ttl: number): Promise<boolean>

  /** Drops what the keys hold and refuses later fills read before `position`. Never lowers a floor. */
  abstract raiseFloor(keys: string[], position: Position): Promise<void>

  /** As `raiseFloor` for every key there is or will be: for when changes may have been missed. */
  abstract raiseAllFloors(position: Position): Promise<void>

  /**
   * The feed is alive: for `validFor` milliseconds from now what is held counts. All changes whose commits
   * ended at or before `watermark` have been announced; 0 where the feed cannot tell.
   */
  abstract keepAlive(validFor: number, watermark: Position): Promise<void>
}
