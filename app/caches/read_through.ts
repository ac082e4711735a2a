import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import type { Cache, CacheEntry, CacheHit, CacheLookup } from '#caches/cache'
import { ParsedValues } from '#caches/parsed_values'
import type { Replication, Read, Reading } from '#replication/replication'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { cacheFills, cacheReads } from '#metrics/metrics'
import type { SessionClock } from '#replication/session_clock'

/** Changes reach the cache through the change feed; this is only a backstop. */
const TTL = 60_000

/** How long to wait for another process that fills the same page, before reading oneself. */
const WAIT_FOR_OTHERS = 500
const LOOK_AGAIN_AFTER = 10

/** Where values come from that are kept. */
export interface Source<T> {
  /** A value that is at least as fresh as `needed`, and shows what replicas showed up to `seen`; plain JSON data. */
  readAt(needed: Position, seen: Position): Promise<Omit<Reading<T>, 'source'>>
  /**
   * Whether it may be behind what was announced. What it has until then is shown to those who need nothing
   * later, and is not kept.
   */
  mayLag: boolean
}

/** How fresh a value has to be. */
interface Demand {
  needed: Position
  /** The part of it that a replica may have shown while the primary did not. */
  seen: Position
}

/** Reads through the cache: a hit that is fresh enough, or one fill for all who wait for the same page. */
export class ReadThrough {
  #fills = new Map<string, Promise<CacheEntry>>()
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
   * The value of one page of a key, as fresh as the session's clock needs it. `read` returns plain JSON
   * data; hit and miss give the same shape. Without the cache it is read from the database. Whoever is
   * shown the same text gets the same object, which must not be changed.
   */
  get<T>(key: string, field: string, clock: SessionClock, read: Read<T>): Promise<T> {
    const readAt = (needed: Position, seen: Position) => {
      return this.replication.readAt(needed, read, seen)
    }
    return this.getFrom(key, field, clock, { readAt, mayLag: false })
  }

  /** As `get`, of another source than the database. Errors are those of the source. */
  async getFrom<T>(key: string, field: string, clock: SessionClock, source: Source<T>): Promise<T> {
    const { entry, floor, mayFill } = await this.#lookUp(key, field)
    const { seen } = clock
    const hit = entry !== null && this.#serves(entry, clock.needed, seen) ? entry : null
    cacheReads.inc({ outcome: hit ? 'hit' : 'miss' })
    const needed = source.mayLag || clock.needed > floor ? clock.needed : floor
    const shown = hit ?? (await this.#fillOnce(key, field, { needed, seen }, mayFill, source))
    const { data, latest } = this.#parsed.of(shown.value)
    clock.saw(latest)
    return data as T
  }

  /**
   * What a replica has shown may be in the log before a position of the primary whose rows lack it. The
   * watermark tells nothing but the truth here: what was announced was visible on the primary.
   */
  #serves(entry: CacheHit, needed: Position, seen: Position) {
    if (entry.currentAt < needed) return false
    return seen === 0n || entry.currentAt > entry.position || this.#parsed.of(entry.value).isSettled
  }

  #fillOnce<T>(key: string, field: string, demand: Demand, mayFill: boolean, source: Source<T>) {
    const flight = `${key} ${field} ${demand.needed} ${demand.seen}`
    const existing = this.#fills.get(flight)
    if (existing) return existing
    const fill = this.#waitOrFill(key, field, demand, mayFill, source)
    this.#fills.set(flight, fill)
    const land = () => this.#fills.delete(flight)
    fill.then(land, land)
    return fill
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
      this.logger.debug({ err: error }, 'cache unavailable, nothing kept')
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
