import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { RedisClusterConnection, type RedisConnection } from '@adonisjs/redis'
import { Cache, type CacheEntry, type CacheLookup } from '#caches/cache'
import { CacheUnavailable } from '#caches/cache_unavailable'
import { CircuitBreaker } from '#caches/circuit_breaker'
import { SCRIPTS } from '#caches/redis_scripts'
import { RedisShards, type RedisShard } from '#caches/redis_shards'
import type { Position } from '#replication/position'

export interface RedisCacheOptions {
  /** Pages per key; those used least recently make room. */
  pagesPerKey?: number
  /** Maximum number of per-key floors; see `raiseFloors` in `redis_scripts.ts`. */
  floors?: number
  /** In how many parts the keys are divided; the same in every process. */
  shards?: number
}

/** Larger batches could exceed the command timeout. */
const KEYS_AT_ONCE = 300

/** Milliseconds. */
const LEASE = 2_000
const LEAVE_ALONE = 1_000
const FIRST_CONNECTION = 500

type Value = string | number

type ReadPage = [
  floor: string,
  mayFill: 0 | 1,
  position?: string,
  currentAt?: string,
  value?: string,
]

/**
 * Cache shared by several processes in one Redis or Valkey (7.0 or newer, optionally with replicas), or in a cluster.
 *
 * A key lies in one of several shards, with its floor and what else a script needs, so no script touches two slots. For
 * its keys a shard is a Redis of its own. What is announced to all keys is announced to each shard, and has only
 * succeeded when all have it.
 *
 * A Redis that was flushed, restarted or failed over has lost floors, so stale values cannot be told apart; so has a
 * shard that was moved to another master. It stores and returns nothing until the next `keepAlive`, which reads
 * `position` and rejects every value read before it.
 *
 * Reads and fills use a circuit breaker of one second, in a cluster one for each shard, so a hanging Redis delays at most
 * one request a second. Floors and `keepAlive` are always tried: the feed retries them.
 */
export class RedisCache extends Cache {
  #holder = randomUUID()
  #breakers = new Map<RedisShard | null, CircuitBreaker>()
  #connecting: Promise<unknown> | null = null
  #pagesPerKey: number
  #floors: number
  #shards: RedisShards

  /** @param position the primary's current position: at or past every floor ever raised */
  constructor(
    private redis: RedisConnection | RedisClusterConnection,
    private position: () => Promise<Position>,
    { pagesPerKey = 200, floors = 100_000, shards }: RedisCacheOptions = {}
  ) {
    super()
    this.#shards = new RedisShards(shards)
    this.#pagesPerKey = pagesPerKey
    this.#floors = Math.floor(floors / this.#shards.all.length)
    for (const [name, lua] of Object.entries(SCRIPTS)) redis.defineCommand(name, { lua })
  }

  async read(key: string, field: string): Promise<CacheLookup> {
    const reply = this.#onPage('readPage', key, field, this.#holder, LEASE)
    const [floor, mayFill, position, currentAt, value] = (await reply) as ReadPage
    const entry = position
      ? { value: value!, position: parse(position), currentAt: parse(currentAt!) }
      : null
    return { entry, floor: parse(floor), mayFill: mayFill === 1 }
  }

  async fill(key: string, field: string, { position, value }: CacheEntry, ttl: number) {
    const what = [this.#holder, format(position), value, ttl, this.#pagesPerKey]
    return (await this.#onPage('fillPage', key, field, ...what)) === 1
  }

  async raiseFloor(keys: string[], position: Position) {
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      const part = this.#shards.group(keys.slice(from, from + KEYS_AT_ONCE))
      await all([...part], async ([shard, own]) => {
        const pages = own.map((key) => shard.pages(key))
        const uses = own.map((key) => shard.uses(key))
        const redisKeys = [shard.state, ...pages, ...uses]
        await this.#run('raiseFloors', redisKeys, format(position), this.#floors, ...own)
      })
    }
  }

  async raiseAllFloors(position: Position) {
    await all(this.#shards.all, ({ state }) => this.#run('raiseBase', [state], format(position)))
  }

  /**
   * The expiry is in Redis time: a Redis that hung may execute the command much later. How long the question for that
   * time took counts against it.
   */
  async keepAlive(validFor: number, watermark: Position) {
    const began = performance.now()
    await all(this.#shards.all, async ({ state }) => {
      const found = await this.#run('findLoss', [state], randomUUID())
      const [time, master, token] = found as [number, string, string]
      const until = Math.floor(time + validFor - (performance.now() - began))
      if (token) await this.#run('repairLoss', [state], token, format(await this.position()))
      await this.#run('keepAlive', [state], until, master, format(watermark))
    })
  }

  #onPage(script: 'readPage' | 'fillPage', key: string, field: string, ...rest: Value[]) {
    const shard = this.#shards.of(key)
    const keys = [shard.state, shard.pages(key), shard.lease(key, field), shard.uses(key)]
    return this.#breakerOf(shard).run(() => this.#run(script, keys, key, field, ...rest))
  }

  #breakerOf(shard: RedisShard) {
    const part = this.redis instanceof RedisClusterConnection ? shard : null
    const breaker = this.#breakers.get(part) ?? new CircuitBreaker(LEAVE_ALONE)
    this.#breakers.set(part, breaker)
    return breaker
  }

  async #run(script: keyof typeof SCRIPTS, keys: string[], ...values: Value[]) {
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

/** Waits for every one, so that nothing goes on behind an error. */
async function all<T>(parts: T[], work: (part: T) => Promise<unknown>) {
  for (const outcome of await Promise.allSettled(parts.map(work))) {
    if (outcome.status === 'rejected') throw outcome.reason
  }
}

function format(position: Position) {
  return position.toString(16).toUpperCase().padStart(16, '0')
}

function parse(text: string): Position {
  return BigInt(`0x${text}`)
}
