import type { Position } from '#replication/position'

/** A value and the log position it was read at. */
export interface CacheEntry {
  /** JSON text: the cache holds data, never live objects. */
  value: string
  position: Position
}

export interface CacheHit extends CacheEntry {
  /** See `versionOf`. */
  version?: number
  /** The later of `position` and the watermark: no change up to here has touched the entry. */
  currentAt: Position
}

/** Result of a lookup of one page of a key. */
export interface CacheLookup {
  entry: CacheHit | null
  /** Minimum position for a fill. */
  floor: Position
  /** False while another process is filling this page. */
  mayFill: boolean
}

/**
 * Values grouped under keys: the change feed invalidates a key, a field is one page of it.
 *
 * Each key has a *floor*: a position at or past its last announced change. `raiseFloor` drops the key's values,
 * and `fill` rejects a value read below the floor. Both are atomic, so a slow reader or a lagging replica cannot
 * store a stale value.
 *
 * Values are valid only while the feed is alive, until the time set by `keepAlive`. Every method may throw
 * `E_CACHE_UNAVAILABLE`.
 */
export abstract class Cache {
  abstract read(key: string, field: string): Promise<CacheLookup>

  /**
   * Names the value that `read` would find now, so that it can be told whether that is still the same. Null when there
   * is none, and in caches that cannot tell at once.
   */
  versionOf(_key: string, _field: string): number | null {
    return null
  }

  /** Stores the entry for `ttl` ms if it was read at or past the floor. Returns whether it did. */
  abstract fill(key: string, field: string, entry: CacheEntry, ttl: number): Promise<boolean>

  /** Evicts the keys' values and rejects later fills read before `position`. Never lowers a floor. */
  abstract raiseFloor(keys: string[], position: Position): Promise<void>

  /** `raiseFloor` for every present and future key: for when changes may have been missed. */
  abstract raiseAllFloors(position: Position): Promise<void>

  /**
   * The feed is alive: cached values are valid for `validFor` ms from now. All changes committed at or before
   * `watermark` have been announced; 0 when the feed cannot tell.
   */
  abstract keepAlive(validFor: number, watermark: Position): Promise<void>
}
