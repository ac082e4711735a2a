import env from '#start/env'
import { configProvider } from '@adonisjs/core'
import { defineConfig, stores } from '@adonisjs/limiter'
import type { LimiterManagerStoreFactory } from '@adonisjs/limiter/types'

/** Shared by all servers; see `SharedLimiterStore`. */
const redis = configProvider.create<LimiterManagerStoreFactory>(async (app) => {
  const { redisConnection } = await import('#redis/redis_connection')
  const { SharedLimiterStore } = await import('#redis/shared_limiter_store')
  const connection = redisConnection(
    await app.container.make('redis'),
    await app.container.make('logger')
  )
  return (options) => new SharedLimiterStore(connection, options)
})

const limiterConfig = defineConfig({
  default: env.get('REDIS_URL') ? 'redis' : 'memory',
  stores: { memory: stores.memory({}), redis },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
