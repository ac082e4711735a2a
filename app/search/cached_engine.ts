import { SearchEngine } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { fold } from '#text/fold'
import type { Source } from '#caches/read_through'
import type { Search } from '#search/search'
import type { SearchCache } from '#search/search_cache'
import type {
  SearchQuery,
  SearchResults,
  SuggestionQuery,
  Suggestions,
} from '#search/search_engine'
import type { SessionClock } from '#replication/session_clock'

/** PostgreSQL cannot store NUL, so it never matches. */
const NUL = /\0/g

/** Searches an index through the cache; equivalent queries share one entry. */
export class CachedEngine extends SearchEngine {
  constructor(
    private inner: Search,
    private cache: SearchCache
  ) {
    super()
  }

  search(query: SearchQuery, clock: SessionClock): Promise<SearchResults> {
    const clean = { ...query, q: cleanText(query.q), city: cleanCity(query.city) }
    return this.#read(clean.city, { search: clean }, clock, (needed, seen) => {
      return this.inner.resultsAt(clean, needed, seen)
    })
  }

  suggest(query: SuggestionQuery, clock: SessionClock): Promise<Suggestions> {
    const clean = { ...query, prefix: cleanText(query.prefix), city: cleanCity(query.city) }
    return this.#read(clean.city, { suggest: clean }, clock, (needed, seen) => {
      return this.inner.suggestionsAt(clean, needed, seen)
    })
  }

  async ping() {
    await this.inner.index.ping().catch(rethrow)
  }

  /** Checks the index's position first, so that nobody waits for a result that is too old. */
  async #read<T>(
    city: string | null,
    asked: object,
    clock: SessionClock,
    readAt: Source<T>['readAt']
  ): Promise<T> {
    const { index } = this.inner
    try {
      await index.reach(clock.needed)
      const field = JSON.stringify({ index: index.name, ...asked })
      return await this.cache.get(city, field, clock, { readAt, mayLag: index.mayLag })
    } catch (cause) {
      rethrow(cause)
    }
  }
}

function cleanText(text: string) {
  return fold(text).replace(NUL, ' ').trim()
}

function cleanCity(city: string | null) {
  return city?.toWellFormed().replace(NUL, ' ') ?? null
}

function rethrow(cause: unknown): never {
  if (cause instanceof SearchUnavailable) throw cause
  throw new SearchUnavailable(undefined, { cause })
}
