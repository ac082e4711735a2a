import type { ContainerResolver } from '@adonisjs/core/container'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import { Cache } from '#caches/cache'
import { CityCache } from '#caches/city_cache'
import { ProductCache } from '#caches/product_cache'
import { ReadThrough } from '#caches/read_through'
import { SearchCache } from '#search/search_cache'
import { ShopCache } from '#caches/shop_cache'
import { Replication } from '#replication/replication'
import { closeRedis, redisConnection } from '#redis/redis_connection'

type Resolver = ContainerResolver<ContainerBindings>

const ADAPTERS = {
  async memory() {
    const { MemoryCache } = await import('#caches/memory_cache')
    return new MemoryCache()
  },

  async redis(resolver: Resolver) {
    const { RedisCache } = await import('#caches/redis_cache')
    const replication = await resolver.make(Replication)
    return new RedisCache(await connect(resolver), () => replication.currentPosition())
  },
}

async function connect(resolver: Resolver) {
  return redisConnection(await resolver.make('redis'), await resolver.make('logger'))
}

/** Binds the cache chosen in `config/cache.ts` and its readers. */
export default class CacheProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Cache, (resolver) => {
      return ADAPTERS[this.app.config.get<keyof typeof ADAPTERS>('cache.adapter')](resolver)
    })
    container.singleton(ReadThrough, async (resolver) => {
      return new ReadThrough(
        await resolver.make(Cache),
        await resolver.make(Replication),
        await resolver.make('logger')
      )
    })
    container.singleton(CityCache, async (resolver) => {
      return new CityCache(await resolver.make(ReadThrough))
    })
    container.singleton(ShopCache, async (resolver) => {
      return new ShopCache(await resolver.make(ReadThrough))
    })
    container.singleton(SearchCache, async (resolver) => {
      return new SearchCache(await resolver.make(ReadThrough))
    })
    container.singleton(ProductCache, async (resolver) => {
      return new ProductCache(await resolver.make(ReadThrough))
    })
  }

  async shutdown() {
    if (this.app.config.get('cache.adapter') !== 'redis') return
    const redis = await this.app.container.make('redis')
    const connection = redis.activeConnections.main
    if (connection) await closeRedis(connection)
  }
}
