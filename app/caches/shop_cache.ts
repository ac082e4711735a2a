import type { ReadThrough } from '#caches/read_through'
import Shop from '#models/shop'
import type { SessionClock } from '#replication/session_clock'

/**
 * What customers see of the list of shops, page by page. `shops:customer` holds the pages of all shops
 * and the cities; a city's own pages have a key of their own and outlive the changes of other cities.
 */
export class ShopCache {
  constructor(private readThrough: ReadThrough) {}

  page(city: string | null, cursor: string | null, clock: SessionClock) {
    const field = `page:${cursor ?? ''}`
    return this.readThrough.get(keyOf(city), field, clock, (client) =>
      Shop.page(city, cursor, client)
    )
  }

  /** One page of all shops with their owners. */
  listing(cursor: string | null, size: number, clock: SessionClock) {
    const field = `listing:${size}:${cursor ?? ''}`
    return this.readThrough.get(keyOf(null), field, clock, (client) =>
      Shop.listing({ cursor, size }, client)
    )
  }

  cities(clock: SessionClock) {
    return this.readThrough.get(keyOf(null), 'cities', clock, (client) => Shop.cities(client))
  }

  /** Where in India each city lies, by the pin codes of its shops. */
  pinAreas(clock: SessionClock) {
    return this.readThrough.get(keyOf(null), 'pins', clock, (client) => Shop.pinAreas(client))
  }

  /** The keys that a change of a shop in this city touches. */
  keysOf(city: string) {
    return [keyOf(null), keyOf(city)]
  }
}

function keyOf(city: string | null) {
  return city === null ? 'shops:customer' : `shops:customer:${city}`
}
