import type { LimiterConsumptionOptions, LimiterStoreContract } from '@adonisjs/limiter/types'
import type { Channel } from '#infra/cluster/channel'

export const LIMITS = 'limits'

/** A request waits this long for the count over all processes, in milliseconds. */
const PATIENCE = 500

export type LimitMethod = 'consume' | 'increment' | 'decrement' | 'block' | 'set' | 'delete' | 'get'
type Arguments<Method extends LimitMethod> = Parameters<LimiterStoreContract[Method]>

export interface LimitCall {
  options: LimiterConsumptionOptions
  method: LimitMethod
  values: Arguments<LimitMethod>
  wantsShare: boolean
}

export interface Count {
  limit: number
  remaining: number
  consumed: number
  availableIn: number
}

/**
 * `isOver` when the call was refused because the limit is reached. `share` further requests are counted already: the
 * worker lets them through without asking.
 */
export type LimitAnswer = { value: Count | boolean | null; isOver: boolean; share: number }

/** Calls of this worker to the limits of its server. Those of the same moment travel together. */
export class LimitCalls {
  #waiting: { call: LimitCall; resolve(answer: Promise<LimitAnswer>): void }[] = []

  constructor(private primary: Channel) {}

  /** @throws NoAnswer */
  make(call: LimitCall): Promise<LimitAnswer> {
    const { promise, resolve } = Promise.withResolvers<LimitAnswer>()
    this.#waiting.push({ call, resolve })
    if (this.#waiting.length === 1) setImmediate(() => this.#send())
    return promise
  }

  #send() {
    const waiting = this.#waiting
    this.#waiting = []
    const calls = waiting.map(({ call }) => call)
    const answers = this.primary.ask<LimitAnswer[]>(LIMITS, calls, PATIENCE)
    for (const [index, { resolve }] of waiting.entries()) {
      resolve(answers.then((all) => all[index]))
    }
  }
}
