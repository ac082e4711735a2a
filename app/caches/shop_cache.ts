import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ReadThrough } from '#caches/read_through'
import Shop from '#models/shop'
import { shopsAround, shopsDelivering } from '#models/shops_around'
import type { SessionClock } from '#replication/session_clock'

/**
 * Cached list of shops, by page. `shops:customer` holds the pages of all shops and the cities; each city has its
 * own key, so changes elsewhere do not evict it.
 */
export class ShopCache {
  constructor(private readThrough: ReadThrough) {}

  page(city: string | null, cursor: string | null, clock: SessionClock) {
    const field = `page:${cursor ?? ''}`
    return this.readThrough.get(keyOf(city), field, clock, (client) =>
      Shop.page(city, cursor, client)
    )
  }

  /** The shops nearest to a PIN code. */
  around(pin: string, clock: SessionClock) {
    const read = (client: QueryClientContract) => shopsAround(pin, client)
    return this.readThrough.get(keyOf(null), `around:${pin}`, clock, read)
  }

  /** The shops that come first in a search from a PIN code. */
  delivering(pin: string, clock: SessionClock) {
    const read = (client: QueryClientContract) => shopsDelivering(pin, client)
    return this.readThrough.get(keyOf(null), `delivering:${pin}`, clock, read)
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

  /** The cities' pin-code areas, from their shops. */
  pinAreas(clock: SessionClock) {
    return this.readThrough.get(keyOf(null), 'pins', clock, (client) => Shop.pinAreas(client))
  }

  /** Keys to invalidate when a shop in this city changes. */
  keysOf(city: string) {
    return [keyOf(null), keyOf(city)]
  }
}

function keyOf(city: string | null) {
  return city === null ? 'shops:customer' : `shops:customer:${city}`
}
