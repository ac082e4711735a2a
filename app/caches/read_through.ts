import type { Logger } from '@adonisjs/core/logger'
import { Cache } from '#caches/cache'
import { Replication, type Read } from '#replication/replication'
import type { Position } from '#replication/position'

/** Changes reach the cache through the change feed; this is only a backstop. */
const TTL = 60_000

/** Reads through the cache: a hit that is fresh enough, or one fill for all who wait for the same page. */
export class ReadThrough {
  #fills = new Map<string, Promise<{ value: string; position: Position }>>()

  constructor(
    private cache: Cache,
    private replication: Replication,
    private logger: Logger
  ) {}

  /**
   * The value of one page of a key, at or past `atLeast`. `read` returns plain JSON data; hit and miss
   * give the same shape.
   */
  async get<T>(key: string, field: string, atLeast: Position | null, read: Read<T>): Promise<T> {
    const { entry, floor } = await this.cache.read(key, field)
    if (entry && entry.position >= (atLeast ?? 0n)) return JSON.parse(entry.value)
    const needed = atLeast !== null && atLeast > floor ? atLeast : floor
    const filled = await this.#fillOnce(key, field, needed, read)
    return JSON.parse(filled.value)
  }

  #fillOnce<T>(key: string, field: string, needed: Position, read: Read<T>) {
    const flight = `${key} ${field} ${needed}`
    const existing = this.#fills.get(flight)
    if (existing) return existing
    const fill = this.#fill(key, field, needed, read).finally(() => this.#fills.delete(flight))
    this.#fills.set(flight, fill)
    return fill
  }

  async #fill<T>(key: string, field: string, needed: Position, read: Read<T>) {
    const { value, position } = await this.replication.readAt(needed, read)
    const entry = { value: JSON.stringify(value), position }
    const kept = await this.cache.fill(key, field, entry, TTL)
    if (!kept) this.logger.debug({ key, field }, 'fill refused: the key changed while it was read')
    return entry
  }
}
