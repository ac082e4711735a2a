import { createHmac } from 'node:crypto'
import type { Logger } from '@adonisjs/core/logger'
import type { ZeroResultLog, CountedSearch } from '#search/zero_results/zero_result_log'
import type { SearchResults } from '#search/search_engine'
import { fold, wordsOf } from '#search/understanding/fold'

/** So few hits are as good as none. */
const LITTLE = 2

/** What is longer is no product, and may be anything. */
const MOST_WORDS = 5
const LONGEST = 60

/** Telephone numbers and the like. */
const NUMBERS = /\d{5}/

/** No more different searches are remembered between two writes. */
const MOST_REMEMBERED = 1_000

/**
 * Counts what people search for and do not find. Noting is instant; what was noted is written together every
 * few seconds, and lost with the process: these are counts, and no search waits for them.
 */
export class ZeroResultSearches {
  #counted = new Map<string, CountedSearch>()
  #timer: NodeJS.Timeout | null = null

  /**
   * @param secret makes the numbers of people worth nothing to whoever does not have it
   * @param every milliseconds from the first note to the writing
   */
  constructor(
    private log: ZeroResultLog,
    private logger: Logger,
    private secret: string,
    private every = 5_000
  ) {}

  /** Notes a search that found nothing or little, by somebody of that session. */
  note(
    { q, city }: { q: string; city: string | null },
    { count, hits }: Pick<SearchResults, 'count' | 'hits'>,
    session: string
  ) {
    const products = hits.filter(({ type }) => type === 'product').length
    const words = wordsOf(fold(q)).join(' ')
    if (count > LITTLE || products > LITTLE || q.length > LONGEST || !isNotable(words)) return
    const day = new Date().toISOString().slice(0, 10)
    const key = JSON.stringify([day, city, words])
    const known = this.#counted.get(key)
    if (!known && this.#counted.size >= MOST_REMEMBERED) return
    const counted = known ?? {
      day,
      city: city ?? '',
      words,
      searches: 0,
      people: new Set<number>(),
    }
    counted.searches++
    counted.people.add(this.#numberOf(session, day))
    this.#counted.set(key, counted)
    this.#timer ??= setTimeout(() => this.flush(), this.every).unref()
  }

  /** Writes what was noted. Errors are logged: nobody waits for the answer. */
  async flush() {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const counted = [...this.#counted.values()]
    this.#counted.clear()
    if (counted.length === 0) return
    try {
      await this.log.add(counted)
    } catch (error) {
      this.logger.warn({ err: error }, 'searches without a result were not counted')
    }
  }

  /** Tells the people of one day apart; another day nobody is known again. */
  #numberOf(session: string, day: string): number {
    return createHmac('sha256', this.secret).update(`${day} ${session}`).digest().readInt32BE()
  }
}

function isNotable(words: string) {
  const count = words.split(' ').length
  return words.length > 1 && count <= MOST_WORDS && !NUMBERS.test(words)
}
