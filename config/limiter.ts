import env from '#start/env'
import { role } from '#infra/cluster/role'
import { configProvider } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/limiter'
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

/** Of this process. */
const memory = configProvider.create<LimiterManagerStoreFactory>(async () => {
  const { BoundedLimiterStore } = await import('#security/bounded_limiter_store')
  return (options) => new BoundedLimiterStore(options)
})

/** Counted over all processes of this server. */
const server = configProvider.create<LimiterManagerStoreFactory>(async () => {
  const { primary } = await import('#infra/cluster/primary')
  const { LimitCalls } = await import('#workers/limit_calls')
  const { WorkerLimiterStore } = await import('#workers/worker_limiter_store')
  let calls: InstanceType<typeof LimitCalls> | undefined
  return (options) => new WorkerLimiterStore((calls ??= new LimitCalls(primary())), options)
})

const own = role() === 'worker' ? 'server' : 'memory'

const limiterConfig = defineConfig({
  default: env.get('REDIS_URL') ? 'redis' : own,
  stores: { memory, redis, server },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
