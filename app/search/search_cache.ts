import type { ReadThrough, Source } from '#caches/read_through'
import { fold } from '#text/fold'
import type { SessionClock } from '#replication/session_clock'

/**
 * Cached search results. Searches within a city have their own key, so changes in other cities do not evict them;
 * searches across all cities are evicted by any change.
 */
export class SearchCache {
  constructor(private readThrough: ReadThrough) {}

  get<T>(city: string | null, search: string, clock: SessionClock, source: Source<T>): Promise<T> {
    return this.readThrough.getFrom(keyOf(city), search, clock, source)
  }

  /** Keys to invalidate when a shop in this city, or one of its products, changes. */
  keysOf(city: string | null) {
    return city === null ? [keyOf(null)] : [keyOf(null), keyOf(city)]
  }
}

/** The city may be spelled in any way. */
function keyOf(city: string | null) {
  return city === null ? 'search' : `search:${fold(city).trim()}`
}
