import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import type { Cache } from '#caches/cache'
import { CacheUnavailable } from '#caches/cache_unavailable'
import { ParsedValues } from '#caches/parsed_values'
import { MEGABYTE } from '#caches/size'
import { SingleFlight } from '#caches/single_flight'
import type { Listener } from '#replication/announcements'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

/** An API token and its user. */
export interface TokenRecord {
  id: string
  hash: string
  type: string
  abilities: string
  created_at: string
  expires_at: string
  /** A position at or past the token's last write, in PostgreSQL's notation. */
  written: string | null
  user: { id: string } & Record<string, unknown>
}

const TTL = 60_000
const FIELD = 'record'

const NOTE_WRITE = 'UPDATE access_tokens SET written = pg_current_wal_insert_lsn() WHERE id = ?'

const FIND = `
  SELECT token.id, token.hash, token.type, token.abilities,
    token.created_at, token.expires_at, token.written::text AS written,
    json_build_object('id', owner.id, 'username', owner.username, 'role', owner.role,
      'is_demo', owner.is_demo, 'full_name', owner.full_name, 'address', owner.address, 'mobile', owner.mobile) AS user
  FROM access_tokens AS token JOIN users AS owner ON owner.id = token.tokenable_id
  WHERE token.id = ? AND owner.blocked_at IS NULL`

/**
 * Cached tokens. Every change calls `forget` before the response: raising the floor keeps the cache and slow
 * readers from restoring the old state, in every process that shares the cache.
 */
export class TokenCache implements Listener {
  readonly channel = 'access_tokens'
  #parsed = new ParsedValues((text) => JSON.parse(text) as TokenRecord, { bytes: 8 * MEGABYTE })
  #readings = new SingleFlight<TokenRecord | null>()
  /** Since when changes by other processes are heard; null while they are not. */
  #listeningSince: Position | null = null

  constructor(
    private cache: Cache,
    private replication: Replication,
    private db: Database,
    private logger: Logger
  ) {}

  async find(id: string): Promise<TokenRecord | null> {
    if (this.#listeningSince === null) return this.#readOnce(id)
    try {
      const { entry } = await this.cache.read(keyOf(id), FIELD)
      const counts = entry !== null && entry.position >= this.#listeningSince
      return counts ? this.#parsed.of(entry.value) : await this.#readOnce(id)
    } catch (error) {
      if (!(error instanceof CacheUnavailable)) throw error
      this.logger.debug({ err: error }, 'cache unavailable, token read from the database')
      return this.#readOnce(id)
    }
  }

  /**
   * Records a write with the token: every process now knows a position at or past it.
   *
   * @throws E_CACHE_UNAVAILABLE
   */
  async noteWrite(id: string) {
    await this.db.rawQuery(NOTE_WRITE, [id])
    await this.forget([id])
  }

  /**
   * Invalidates changed or deleted tokens.
   *
   * @throws E_CACHE_UNAVAILABLE
   */
  async forget(ids: string[]) {
    const position = await this.replication.currentPosition()
    await this.cache.raiseFloor(ids.map(keyOf), position)
  }

  heard(id: string) {
    return this.forget([id])
  }

  /** Changes by other processes call `forget` from now on; entries from before may be stale. */
  async startListening() {
    this.#listeningSince = await this.replication.currentPosition()
  }

  /** Changes by other processes may be missed: cached tokens no longer count. */
  stopListening() {
    this.#listeningSince = null
  }

  /** A token revoked before this request began may still be in a read that began earlier. */
  #readOnce(id: string) {
    return this.#readings.run(
      id,
      () => this.#read(id),
      () => false
    )
  }

  async #read(id: string): Promise<TokenRecord | null> {
    const { value, position } = await this.replication.readLatest<TokenRecord | null>(
      async (client) => (await client.rawQuery(FIND, [id])).rows[0] ?? null
    )
    if (value === null || this.#listeningSince === null) return value
    const entry = { value: JSON.stringify(value), position }
    await this.cache.fill(keyOf(id), FIELD, entry, TTL).catch((error) => {
      this.logger.debug({ err: error }, 'cache unavailable, token not cached')
    })
    return value
  }
}

function keyOf(id: string) {
  return `tokens:${id}`
}
