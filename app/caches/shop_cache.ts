import type { ReadThrough } from '#caches/read_through'
import Shop from '#models/shop'
import type { Position } from '#replication/position'

/**
 * What customers see of the list of shops, page by page. `shops:customer` holds the pages of all shops
 * and the cities; a city's own pages have a key of their own and outlive the changes of other cities.
 */
export class ShopCache {
  constructor(private readThrough: ReadThrough) {}

  page(city: string | null, cursor: string | null, atLeast: Position | null) {
    const field = `page:${cursor ?? ''}`
    return this.readThrough.get(keyOf(city), field, atLeast, (client) =>
      Shop.page(city, cursor, client)
    )
  }

  cities(atLeast: Position | null) {
    return this.readThrough.get(keyOf(null), 'cities', atLeast, (client) => Shop.cities(client))
  }

  /** The keys that a change of a shop in this city touches. */
  keysOf(city: string) {
    return [keyOf(null), keyOf(city)]
  }
}

function keyOf(city: string | null) {
  return city === null ? 'shops:customer' : `shops:customer:${city}`
}
