import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { RedisConnection } from '@adonisjs/redis'
import { Cache, type CacheEntry, type CacheLookup } from '#caches/cache'
import { CacheUnavailable } from '#caches/cache_unavailable'
import { CircuitBreaker } from '#caches/circuit_breaker'
import { SCRIPTS } from '#caches/redis_scripts'
import type { Position } from '#replication/position'

export interface RedisCacheOptions {
  /** Pages per key; those used least recently make room. */
  pagesPerKey?: number
  /** Maximum number of per-key floors; see `raiseFloors` in `redis_scripts.ts`. */
  floors?: number
}

const STATE = 'kirana:floors'

/** Larger batches could exceed the command timeout. */
const KEYS_AT_ONCE = 300

/** Milliseconds. */
const LEASE = 2_000
const LEAVE_ALONE = 1_000
const FIRST_CONNECTION = 500

type ReadPage = [
  floor: string,
  mayFill: 0 | 1,
  position?: string,
  currentAt?: string,
  value?: string,
]

/**
 * Cache shared by several processes in one Redis (7.0 or newer, optionally with replicas; not Redis Cluster,
 * because each script touches the floors and one key).
 *
 * A Redis that was flushed, restarted or failed over has lost floors, so stale values cannot be told apart. It
 * stores and returns nothing until the next `keepAlive`, which reads `position` and rejects every value read
 * before it.
 *
 * Reads and fills use a circuit breaker of one second, so a hanging Redis delays at most one request a second.
 * Floors and `keepAlive` are always tried: the feed retries them.
 */
export class RedisCache extends Cache {
  #holder = randomUUID()
  #breaker = new CircuitBreaker(LEAVE_ALONE)
  #connecting: Promise<unknown> | null = null
  #pagesPerKey: number
  #floors: number

  /** @param position the primary's current position: at or past every floor ever raised */
  constructor(
    private redis: RedisConnection,
    private position: () => Promise<Position>,
    { pagesPerKey = 200, floors = 100_000 }: RedisCacheOptions = {}
  ) {
    super()
    this.#pagesPerKey = pagesPerKey
    this.#floors = floors
    for (const [name, lua] of Object.entries(SCRIPTS)) redis.defineCommand(name, { lua })
  }

  async read(key: string, field: string): Promise<CacheLookup> {
    const reply = this.#breaker.run(() => {
      return this.#run('readPage', pageKeys(key, field), key, field, this.#holder, LEASE)
    })
    const [floor, mayFill, position, currentAt, value] = (await reply) as ReadPage
    const entry = position
      ? { value: value!, position: parse(position), currentAt: parse(currentAt!) }
      : null
    return { entry, floor: parse(floor), mayFill: mayFill === 1 }
  }

  async fill(key: string, field: string, { position, value }: CacheEntry, ttl: number) {
    const what = [key, field, this.#holder, format(position), value, ttl, this.#pagesPerKey]
    const accepted = await this.#breaker.run(() => {
      return this.#run('fillPage', pageKeys(key, field), ...what)
    })
    return accepted === 1
  }

  async raiseFloor(keys: string[], position: Position) {
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      const part = keys.slice(from, from + KEYS_AT_ONCE)
      const redisKeys = [STATE, ...part.map(pagesOf), ...part.map(usesOf)]
      await this.#run('raiseFloors', redisKeys, format(position), this.#floors, ...part)
    }
  }

  async raiseAllFloors(position: Position) {
    await this.#run('raiseBase', [STATE], format(position))
  }

  /**
   * The expiry is in Redis time: a Redis that hung may execute the command much later. How long the question for that
   * time took counts against it.
   */
  async keepAlive(validFor: number, watermark: Position) {
    const began = performance.now()
    const found = await this.#run('findLoss', [STATE], randomUUID())
    const [time, token] = found as [number, string]
    const until = Math.floor(time + validFor - (performance.now() - began))
    if (token) await this.#run('repairLoss', [STATE], token, format(await this.position()))
    await this.#run('keepAlive', [STATE], until, format(watermark))
  }

  async #run(script: keyof typeof SCRIPTS, keys: string[], ...values: (string | number)[]) {
    try {
      await this.#connect()
      return await this.redis.runCommand(script, keys.length, ...keys, ...values)
    } catch (error) {
      throw new CacheUnavailable(undefined, { cause: error })
    }
  }

  /** Only the first commands wait for the connection; reconnects happen in the background. */
  #connect() {
    if (this.redis.status === 'wait') {
      const connected = this.redis.ioConnection.connect().catch(() => {})
      this.#connecting = Promise.race([connected, delay(FIRST_CONNECTION, null, { ref: false })])
    }
    return this.#connecting
  }
}

const pagesOf = (key: string) => `kirana:cache:{${key}}`
const usesOf = (key: string) => `kirana:uses:{${key}}`

function pageKeys(key: string, field: string) {
  return [STATE, pagesOf(key), `kirana:lease:{${key}}:${field}`, usesOf(key)]
}

function format(position: Position) {
  return position.toString(16).toUpperCase().padStart(16, '0')
}

function parse(text: string): Position {
  return BigInt(`0x${text}`)
}
