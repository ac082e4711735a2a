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

/** How long an engine is skipped after a failure, in milliseconds. */
const PAUSE = 1_000

/**
 * Uses the fallback engine when the main one is behind the session's minimum position, or unavailable; the results
 * then say so.
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
      if (!this.#failing)
        this.logger.warn({ err: error }, 'search engine unavailable, using fallback')
      this.#failing = true
      searches.inc({ outcome: 'unavailable' })
      return 'unavailable'
    }
  }
}

/** Being behind must not open the circuit. */
async function unlessBehind<T>(ask: () => Promise<T>): Promise<T | 'behind'> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof SearchBehind) return 'behind'
    throw error
  }
}
