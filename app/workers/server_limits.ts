import { errors, type LimiterResponse } from '@adonisjs/limiter'
import type { LimiterConsumptionOptions, LimiterStoreContract } from '@adonisjs/limiter/types'
import type { Hub } from '#infra/cluster/hub'
import { BoundedLimiterStore } from '#security/bounded_limiter_store'
import { LIMITS, type Count, type LimitAnswer, type LimitCall } from '#workers/limit_calls'

type Ask = (...values: unknown[]) => Promise<unknown>

/** The rate limits of a server with several processes, counted in its primary process. */
export class ServerLimits {
  #stores = new Map<string, BoundedLimiterStore>()

  answer(hub: Hub) {
    hub.answer(LIMITS, (calls: LimitCall[]) => Promise.all(calls.map((call) => this.make(call))))
  }

  async make({ options, method, values }: LimitCall): Promise<LimitAnswer> {
    const store = this.#storeFor(options)
    const ask = (store as LimiterStoreContract)[method].bind(store) as Ask
    try {
      return { value: countOf(await ask(...values)), isOver: false }
    } catch (error) {
      if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
      return { value: countOf(error.response), isOver: true }
    }
  }

  /** As the manager in each process does: one for each way to count. */
  #storeFor(options: LimiterConsumptionOptions) {
    const name = JSON.stringify(options)
    const store = this.#stores.get(name) ?? new BoundedLimiterStore(options)
    this.#stores.set(name, store)
    return store
  }
}

function countOf(value: unknown) {
  const isCount = typeof value === 'object' && value !== null
  return isCount ? ({ ...(value as LimiterResponse) } as Count) : (value as boolean | null)
}
