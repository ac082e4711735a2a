import type { Cache } from '#caches/cache'
import type { SearchCache } from '#search/search_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import Shop from '#models/shop'
import type { Position } from '#replication/position'

/** Drops the searches of a city in which something changed, and those everywhere. */
export class InvalidateSearches extends ChangeHandler {
  constructor(
    private cache: Cache,
    private searches: SearchCache
  ) {
    super()
  }

  async handle(changes: ChangeEvent[], position: Position) {
    const cities = [...citiesNamed(changes), ...(await Shop.citiesOf(shopsNamed(changes)))]
    const keys = new Set(this.searches.keysOf(null))
    for (const city of new Set(cities)) for (const key of this.searches.keysOf(city)) keys.add(key)
    await this.cache.raiseFloor([...keys], position)
  }

  /** The cache is kept alive, and emptied after a gap or a truncated table, by `InvalidateCaches`. */
  async heartbeat() {}

  async gap() {}
}

/** The change of a shop names its city, and the one that it has left. */
function citiesNamed(changes: ChangeEvent[]) {
  return changes
    .filter(({ table }) => table === 'shops')
    .flatMap(({ key, keyBefore }) => [key.city, keyBefore?.city])
    .filter((city) => city !== undefined)
}

/** The change of a product names its shop. One that is gone has announced its own end, and its city. */
function shopsNamed(changes: ChangeEvent[]) {
  const ids = changes
    .filter(({ table }) => table === 'products')
    .flatMap(({ key, keyBefore }) => [key.shop_id, keyBefore?.shop_id])
  return [...new Set(ids.filter((id) => id !== undefined))]
}
