import type { ReadThrough, Source } from '#caches/read_through'
import { fold } from '#search/understanding/fold'
import type { SessionClock } from '#replication/session_clock'

/**
 * Answers of search engines. Those within a city have a key of their own and outlive
 * the changes of other cities; those everywhere last until anything changes anywhere.
 */
export class SearchCache {
  constructor(private readThrough: ReadThrough) {}

  get<T>(city: string | null, search: string, clock: SessionClock, source: Source<T>): Promise<T> {
    return this.readThrough.getFrom(keyOf(city), search, clock, source)
  }

  /** The keys that a change of a shop in this city, or of its products, touches. */
  keysOf(city: string | null) {
    return city === null ? [keyOf(null)] : [keyOf(null), keyOf(city)]
  }
}

/** Cities are searched for in any spelling. */
function keyOf(city: string | null) {
  return city === null ? 'search' : `search:${fold(city).trim()}`
}
