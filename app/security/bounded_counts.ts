import { LRUCache } from 'lru-cache'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { bytesOf, MEGABYTE } from '#memory/size'

type Key = string | number
type Options = ConstructorParameters<typeof RateLimiterMemory>[0]
type Rest<Method extends 'consume' | 'penalty' | 'reward' | 'block' | 'set'> =
  Parameters<RateLimiterMemory[Method]> extends [any, ...infer Others] ? Others : never

/** A count with its timer. */
const AROUND = 400

/** Counts of a rate limit in memory. Attackers choose the keys, so those that were counted longest ago go first. */
export class BoundedCounts extends RateLimiterMemory {
  #keys: LRUCache<string, true>

  constructor(options: Options, bytes = 4 * MEGABYTE) {
    super(options)
    this.#keys = new LRUCache({
      maxSize: bytes,
      sizeCalculation: (_, key) => AROUND + bytesOf(key),
      dispose: (_, key, reason) => {
        if (reason === 'evict') void this.delete(key)
      },
    })
  }

  override consume(key: Key, ...rest: Rest<'consume'>) {
    return super.consume(this.#counted(key), ...rest)
  }

  override penalty(key: Key, ...rest: Rest<'penalty'>) {
    return super.penalty(this.#counted(key), ...rest)
  }

  override reward(key: Key, ...rest: Rest<'reward'>) {
    return super.reward(this.#counted(key), ...rest)
  }

  override block(key: Key, ...rest: Rest<'block'>) {
    return super.block(this.#counted(key), ...rest)
  }

  override set(key: Key, ...rest: Rest<'set'>) {
    return super.set(this.#counted(key), ...rest)
  }

  #counted(key: Key) {
    this.#keys.set(String(key), true)
    return String(key)
  }
}
