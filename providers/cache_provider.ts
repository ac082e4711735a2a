import type { ApplicationService } from '@adonisjs/core/types'
import { Cache } from '#caches/cache'
import { MemoryCache } from '#caches/memory_cache'
import { ProductCache } from '#caches/product_cache'
import { ReadThrough } from '#caches/read_through'
import { ShopCache } from '#caches/shop_cache'
import { Replication } from '#replication/replication'

export default class CacheProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Cache, () => new MemoryCache())
    container.singleton(ReadThrough, async (resolver) => {
      return new ReadThrough(
        await resolver.make(Cache),
        await resolver.make(Replication),
        await resolver.make('logger')
      )
    })
    container.singleton(ShopCache, async (resolver) => {
      return new ShopCache(await resolver.make(ReadThrough))
    })
    container.singleton(ProductCache, async (resolver) => {
      return new ProductCache(await resolver.make(ReadThrough))
    })
  }
}
