import { errors, type LimiterResponse } from '@adonisjs/limiter'
import type { LimiterConsumptionOptions, LimiterStoreContract } from '@adonisjs/limiter/types'
import type { Hub } from '#infra/cluster/hub'
import { BoundedLimiterStore } from '#security/bounded_limiter_store'
import { LIMITS, type Count, type LimitAnswer, type LimitCall } from '#workers/limit_calls'

type Ask = (...values: unknown[]) => Promise<unknown>

/** The part of what is left that the workers together may hold, as 1/n, and the most requests that each may. */
const PART = 16
const LARGEST_SHARE = 50

/** The rate limits of a server with several processes, counted in its primary process. */
export class ServerLimits {
  #stores = new Map<string, BoundedLimiterStore>()

  answer(hub: Hub) {
    hub.answer(LIMITS, (calls: LimitCall[]) => {
      return Promise.all(calls.map((call) => this.make(call, hub.size)))
    })
  }

  async make(
    { options, method, values, wantsShare }: LimitCall,
    workers = 1
  ): Promise<LimitAnswer> {
    const store = this.#storeFor(options)
    const ask = (store as LimiterStoreContract)[method].bind(store) as Ask
    try {
      const value = countOf(await ask(...values))
      const share = wantsShare ? shareOf(value as Count, workers) : 0
      if (share > 0) await store.consume(values[0], share)
      return { value, isOver: false, share }
    } catch (error) {
      if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
      return { value: countOf(error.response), isOver: true, share: 0 }
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

/** Nothing when little is left, so that the last who asks gets it. */
function shareOf({ remaining }: Count, workers: number) {
  return Math.min(Math.floor(remaining / (PART * workers)), LARGEST_SHARE)
}

function countOf(value: unknown) {
  const isCount = typeof value === 'object' && value !== null
  return isCount ? ({ ...(value as LimiterResponse) } as Count) : (value as boolean | null)
}
