import LimiterMemoryStore from '@adonisjs/limiter/stores/memory'
import type { LimiterMemoryStoreConfig } from '@adonisjs/limiter/types'
import { BoundedCounts } from '#security/bounded_counts'

/** Rate limits counted by this process, in bounded memory. */
export class BoundedLimiterStore extends LimiterMemoryStore {
  constructor(options: LimiterMemoryStoreConfig) {
    super(options)
    this.#bound()
  }

  override async clear() {
    this.#bound()
  }

  #bound() {
    this.rateLimiter = new BoundedCounts(this.rateLimiter)
  }
}
