import type { Logger } from '@adonisjs/core/logger'
import { CircuitBreaker } from '#caches/circuit_breaker'
import { SearchBehind } from '#search/search_behind'
import { SearchEngine } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { searches } from '#metrics/metrics'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { SessionClock } from '#replication/session_clock'

/** How long an engine that failed is left alone, in milliseconds. */
const PAUSE = 1_000

/**
 * An engine and another one that answers in its place: when it has not read as far as the session needs,
 * and when it is unavailable, which the results then say.
 */
export class FallbackEngine extends SearchEngine {
  #breaker = new CircuitBreaker(PAUSE)
  #failing = false

  constructor(
    private engine: SearchEngine,
    private other: SearchEngine,
    private logger: Logger
  ) {
    super()
  }

  async search(query: SearchQuery, clock: SessionClock): Promise<SearchResults> {
    const answer = await this.#attempt(() => this.engine.search(query, clock))
    if (typeof answer === 'object') return answer
    const results = await this.other.search(query, clock)
    return answer === 'unavailable' ? { ...results, simpler: true } : results
  }

  async suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions> {
    const answer = await this.#attempt(() => this.engine.suggest(query, clock))
    return typeof answer === 'object' ? answer : this.other.suggest(query, clock)
  }

  async ping() {
    await this.engine.ping().catch(() => this.other.ping())
  }

  async #attempt<T extends object>(ask: () => Promise<T>): Promise<T | 'behind' | 'unavailable'> {
    try {
      const answer = await this.#breaker.run(() => unlessBehind(ask))
      if (this.#failing) this.logger.info('search engine is back')
      this.#failing = false
      searches.inc({ outcome: answer === 'behind' ? 'behind' : 'engine' })
      return answer
    } catch (error) {
      if (!(error instanceof SearchUnavailable)) throw error
      if (!this.#failing) this.logger.warn({ err: error }, 'search engine away, searching simpler')
      this.#failing = true
      searches.inc({ outcome: 'unavailable' })
      return 'unavailable'
    }
  }
}

/** An engine that is behind is not broken. */
async function unlessBehind<T>(ask: () => Promise<T>): Promise<T | 'behind'> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof SearchBehind) return 'behind'
    throw error
  }
}
