import LimiterRedisStore from '@adonisjs/limiter/stores/redis'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import type { LimiterRedisStoreConfig } from '@adonisjs/limiter/types'
import { RedisClusterConnection, type RedisConnection } from '@adonisjs/redis'
import { BoundedCounts } from '#security/bounded_counts'

const PREFIX = 'limit'
const PAGE = 500

/**
 * Rate limits shared by all servers. While Redis is unavailable each server counts on its own: limits become laxer
 * but still apply, and nobody is locked out.
 */
export class SharedLimiterStore extends LimiterRedisStore {
  constructor(
    private connection: RedisConnection | RedisClusterConnection,
    options: LimiterRedisStoreConfig
  ) {
    super(connection, { ...options, keyPrefix: PREFIX })
    const limiter = this.rateLimiter as RateLimiterRedis & { insuranceLimiter: BoundedCounts }
    limiter.insuranceLimiter = new BoundedCounts({
      points: limiter.points,
      duration: limiter.duration,
      keyPrefix: PREFIX,
    })
  }

  /** Deletes only the limiter's keys: the rest of Redis is the cache. Keys of a cluster are in many slots. */
  override async clear() {
    this.deleteInMemoryBlockedKeys()
    const { connection } = this
    const isCluster = connection instanceof RedisClusterConnection
    for (const node of isCluster ? connection.nodes('master') : [connection]) {
      for await (const keys of node.scanStream({ match: `${PREFIX}:*`, count: PAGE })) {
        await Promise.all(keys.map((key: string) => node.del(key)))
      }
    }
  }
}
