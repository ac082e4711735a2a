import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import type { Cache, CacheEntry, CacheHit, CacheLookup } from '#caches/cache'
import { ParsedValues } from '#caches/parsed_values'
import { SingleFlight } from '#caches/single_flight'
import type { Replication, Read, Reading } from '#replication/replication'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { cacheFills, cacheReads } from '#metrics/metrics'
import type { CachedValue, SessionClock } from '#replication/session_clock'

const hits = cacheReads.labels('hit')
const misses = cacheReads.labels('miss')

/** Only a backstop: the change feed invalidates. */
const TTL = 60_000

/** How long to wait for another process filling the same page before reading directly, in milliseconds. */
const WAIT_FOR_OTHERS = 500
const LOOK_AGAIN_AFTER = 10

/** Where cached values come from. */
export interface Source<T> {
  /** Reads plain JSON data at least as fresh as `needed`, showing everything replicas showed up to `seen`. */
  readAt(needed: Position, seen: Position): Promise<Omit<Reading<T>, 'source'>>
  /**
   * Whether it may lag behind announced changes. Stale values are then served to sessions that allow them, and not
   * cached.
   */
  mayLag: boolean
}

/** Required freshness. */
interface Demand {
  needed: Position
  /** The part that a replica may have shown before the primary did. */
  seen: Position
}

/** Read-through cache: a hit that is fresh enough, or a single fill shared by all waiting readers. */
export class ReadThrough {
  #fills = new SingleFlight<CacheEntry>()
  #parsed = new ParsedValues((text) => {
    const { data, latest, isSettled } = JSON.parse(text)
    return { data, latest: parsePosition(latest), isSettled: isSettled as boolean }
  })

  constructor(
    private cache: Cache,
    private replication: Replication,
    private logger: Logger
  ) {}

  /**
   * One page of a key, as fresh as the session's clock requires. `read` returns plain JSON data; hit and miss have
   * the same shape. Falls back to the database when the cache is unavailable. Readers of the same text share one
   * object and must not change it.
   */
  get<T>(key: string, field: string, clock: SessionClock, read: Read<T>): Promise<T> {
    const readAt = (needed: Position, seen: Position) => {
      return this.replication.readAt(needed, read, seen)
    }
    return this.getFrom(key, field, clock, { readAt, mayLag: false })
  }

  /** `get` from a source other than the database. Throws the errors of the source. */
  async getFrom<T>(key: string, field: string, clock: SessionClock, source: Source<T>): Promise<T> {
    const { entry, floor, mayFill } = await this.#lookUp(key, field)
    const { seen } = clock
    const hit = entry !== null && this.#serves(entry, clock.needed, seen) ? entry : null
    ;(hit ? hits : misses).inc()
    const needed = source.mayLag || clock.needed > floor ? clock.needed : floor
    const shown = hit ?? (await this.#fillOnce(key, field, { needed, seen }, mayFill, source))
    const { data, latest } = this.#parsed.of(shown.value)
    const version = source.mayLag ? undefined : hit?.version
    clock.saw(latest, version === undefined ? null : this.#valueAt(key, field, version, data))
    return data as T
  }

  #valueAt(key: string, field: string, version: number, data: unknown): CachedValue {
    const isCurrent = () => {
      const isSame = this.cache.versionOf(key, field) === version
      if (isSame) hits.inc()
      return isSame
    }
    return { data, isCurrent }
  }

  /**
   * A replica may have shown a commit at a position where the primary does not yet. The watermark is safe:
   * announced changes were visible on the primary.
   */
  #serves(entry: CacheHit, needed: Position, seen: Position) {
    if (entry.currentAt < needed) return false
    return seen === 0n || entry.currentAt > entry.position || this.#parsed.of(entry.value).isSettled
  }

  #fillOnce<T>(key: string, field: string, demand: Demand, mayFill: boolean, source: Source<T>) {
    const { needed, seen } = demand
    return this.#fills.run(
      `${key} ${field} ${needed} ${seen}`,
      () => this.#waitOrFill(key, field, demand, mayFill, source),
      (entry) => this.#serves({ ...entry, currentAt: entry.position }, needed, seen)
    )
  }

  async #waitOrFill<T>(
    key: string,
    field: string,
    demand: Demand,
    mayFill: boolean,
    source: Source<T>
  ): Promise<CacheEntry> {
    const deadline = performance.now() + WAIT_FOR_OTHERS
    while (!mayFill && performance.now() < deadline) {
      await delay(LOOK_AGAIN_AFTER)
      const look = await this.#lookUp(key, field)
      if (look.entry && this.#serves(look.entry, demand.needed, demand.seen)) return look.entry
      mayFill = look.mayFill
    }
    return this.#fill(key, field, demand, source)
  }

  async #fill<T>(key: string, field: string, { needed, seen }: Demand, source: Source<T>) {
    const { value: data, position, latest, isSettled } = await source.readAt(needed, seen)
    const kept = { data, latest: formatPosition(latest), isSettled }
    const entry = { value: JSON.stringify(kept), position }
    try {
      const isKept = await this.cache.fill(key, field, entry, TTL)
      cacheFills.inc({ outcome: isKept ? 'kept' : 'refused' })
    } catch (error) {
      cacheFills.inc({ outcome: 'failed' })
      this.logger.debug({ err: error }, 'cache unavailable, value not cached')
    }
    return entry
  }

  #lookUp(key: string, field: string): Promise<CacheLookup> {
    return this.cache.read(key, field).catch((error) => {
      this.logger.debug({ err: error }, 'cache unavailable, reading from the database')
      return { entry: null, floor: 0n, mayFill: true }
    })
  }
}
