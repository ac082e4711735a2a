import type { ReadThrough } from '#caches/read_through'
import { fold } from '#search/understanding/fold'
import type { SessionClock } from '#replication/session_clock'
import type { Read } from '#replication/replication'

/**
 * Searches that were answered from the database. Those within a city have a key of their own and outlive
 * the changes of other cities; those everywhere last until anything changes anywhere.
 */
export class SearchCache {
  constructor(private readThrough: ReadThrough) {}

  get<T>(city: string | null, search: string, clock: SessionClock, read: Read<T>): Promise<T> {
    return this.readThrough.get(keyOf(city), search, clock, read)
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
