import type { Cache } from '#caches/cache'
import type { SearchCache } from '#search/search_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import Shop from '#models/shop'
import type { Position } from '#replication/position'

/** Evicts cached searches of a city in which something changed, and those across all cities. */
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

  /** `InvalidateCaches` keeps the cache alive and handles gaps and truncated tables. */
  async heartbeat() {}

  async gap() {}
}

/** A shop's change contains its city, and its previous one. */
function citiesNamed(changes: ChangeEvent[]) {
  return changes
    .filter(({ table }) => table === 'shops')
    .flatMap(({ key, keyBefore }) => [key.city, keyBefore?.city])
    .filter((city) => city !== undefined)
}

/** A product's change contains its shop. A deleted shop has announced its deletion and city itself. */
function shopsNamed(changes: ChangeEvent[]) {
  const ids = changes
    .filter(({ table }) => table === 'products')
    .flatMap(({ key, keyBefore }) => [key.shop_id, keyBefore?.shop_id])
  return [...new Set(ids.filter((id) => id !== undefined))]
}
