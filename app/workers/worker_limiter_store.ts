import { errors, LimiterResponse } from '@adonisjs/limiter'
import type { LimiterConsumptionOptions, LimiterStoreContract } from '@adonisjs/limiter/types'
import { BoundedLimiterStore } from '#security/bounded_limiter_store'
import { LimitShares } from '#workers/limit_shares'
import type { Count, LimitAnswer, LimitCalls, LimitMethod } from '#workers/limit_calls'

type Key = string | number
type Duration = string | number

/**
 * Rate limits counted over all processes of the server. While its primary process does not answer, each counts on its
 * own: limits become laxer but still apply.
 */
export class WorkerLimiterStore implements LimiterStoreContract {
  readonly name = 'server'
  #own: BoundedLimiterStore
  #asking = new Set<Key>()
  #shares = new LimitShares((key, amount) => void this.#ask('decrement', key, amount))

  constructor(
    private calls: LimitCalls,
    private options: LimiterConsumptionOptions
  ) {
    this.#own = new BoundedLimiterStore(options)
  }

  get requests() {
    return this.#own.requests
  }

  get duration() {
    return this.#own.duration
  }

  get blockDuration() {
    return this.#own.blockDuration
  }

  async consume(key: Key, amount?: number) {
    const count = this.#shares.use(key, amount)
    return count ? new LimiterResponse(count) : this.#count('consume', key, amount)
  }

  increment(key: Key, amount?: number) {
    return this.#count('increment', key, amount)
  }

  decrement(key: Key, amount?: number) {
    return this.#count('decrement', key, amount)
  }

  block(key: Key, duration: Duration) {
    return this.#count('block', key, duration)
  }

  set(key: Key, requests: number, duration?: Duration) {
    return this.#count('set', key, requests, duration)
  }

  async delete(key: Key) {
    this.#shares.end(key)
    const answer = await this.#ask('delete', key)
    return answer ? Boolean(answer.value) : this.#own.delete(key)
  }

  async get(key: Key) {
    this.#shares.end(key)
    const answer = await this.#ask('get', key)
    if (!answer) return this.#own.get(key)
    return answer.value ? new LimiterResponse(answer.value as Count) : null
  }

  /** Of this process; only tests start from nothing. */
  clear() {
    return this.#own.clear()
  }

  async #count(method: LimitMethod, key: Key, ...values: unknown[]): Promise<LimiterResponse> {
    this.#shares.end(key)
    const answer = await this.#ask(method, key, ...values)
    if (!answer) return this.#countHere(method, [key, ...values])
    const response = new LimiterResponse(answer.value as Count)
    if (answer.isOver) throw new errors.E_TOO_MANY_REQUESTS(response)
    this.#shares.add(key, answer.share, { ...(answer.value as Count) })
    return response
  }

  #countHere(method: LimitMethod, values: unknown[]) {
    const own: LimiterStoreContract = this.#own
    return (own[method] as (...all: unknown[]) => Promise<LimiterResponse>).apply(own, values)
  }

  /** Null while the primary process does not answer. Of requests at once, one asks for a share. */
  async #ask(method: LimitMethod, ...values: unknown[]): Promise<LimitAnswer | null> {
    const [key] = values as [Key]
    const wantsShare = method === 'consume' && !this.#asking.has(key)
    if (wantsShare) this.#asking.add(key)
    const call = { options: this.options, method, values: values as [Key], wantsShare }
    const answer = await this.calls.make(call).catch(() => null)
    if (wantsShare) this.#asking.delete(key)
    return answer
  }
}
