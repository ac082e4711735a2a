import { createHmac } from 'node:crypto'
import type { Logger } from '@adonisjs/core/logger'
import type { ZeroResultLog, CountedSearch } from '#search/zero_results/zero_result_log'
import type { SearchResults } from '#search/search_engine'
import { fold, wordsOf } from '#text/fold'

/** This few hits count as zero results. */
const LITTLE = 2

/** Longer queries are unlikely to be products and may contain anything. */
const MOST_WORDS = 5
const LONGEST = 60

/** Phone numbers and the like. */
const NUMBERS = /\d{5}/

/** Maximum distinct searches buffered between two writes. */
const MOST_REMEMBERED = 1_000

/**
 * Counts zero-result searches. Counts are buffered and flushed every few seconds, and lost if the process dies; no
 * search waits for them.
 */
export class ZeroResultSearches {
  #counted = new Map<string, CountedSearch>()
  #timer: NodeJS.Timeout | null = null

  /**
   * @param secret makes people's numbers meaningless to others
   * @param every flush delay after the first search, in milliseconds
   */
  constructor(
    private log: ZeroResultLog,
    private logger: Logger,
    private secret: string,
    private every = 5_000
  ) {}

  /** Counts a search with few or no results, and returns whether it is one. Guests of one network are one person. */
  note(
    { q, city }: { q: string; city: string | null },
    { count, hits }: Pick<SearchResults, 'count' | 'hits'>,
    person: string
  ) {
    const products = hits.filter(({ type }) => type === 'product').length
    const words = wordsOf(fold(q)).join(' ')
    if (count > LITTLE || products > LITTLE || q.length > LONGEST || !isNotable(words)) {
      return false
    }
    const day = new Date().toISOString().slice(0, 10)
    const key = JSON.stringify([day, city, words])
    const known = this.#counted.get(key)
    if (!known && this.#counted.size >= MOST_REMEMBERED) return true
    const counted = known ?? {
      day,
      city: city ?? '',
      words,
      searches: 0,
      people: new Set<number>(),
    }
    counted.searches++
    counted.people.add(this.#numberOf(person, day))
    this.#counted.set(key, counted)
    this.#timer ??= setTimeout(() => this.flush(), this.every).unref()
    return true
  }

  /** Flushes the buffer; errors are logged. */
  async flush() {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const counted = [...this.#counted.values()]
    this.#counted.clear()
    if (counted.length === 0) return
    try {
      await this.log.add(counted)
    } catch (error) {
      this.logger.warn({ err: error }, 'zero-result searches could not be saved')
    }
  }

  /** A pseudonym that is stable for one day only. */
  #numberOf(person: string, day: string): number {
    return createHmac('sha256', this.secret).update(`${day} ${person}`).digest().readInt32BE()
  }
}

function isNotable(words: string) {
  const count = words.split(' ').length
  return words.length > 1 && count <= MOST_WORDS && !NUMBERS.test(words)
}
