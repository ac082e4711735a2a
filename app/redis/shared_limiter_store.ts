import LimiterRedisStore from '@adonisjs/limiter/stores/redis'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import type { LimiterRedisStoreConfig } from '@adonisjs/limiter/types'
import type { RedisConnection } from '@adonisjs/redis'
import { BoundedCounts } from '#security/bounded_counts'

const PREFIX = 'limit'
const PAGE = 500

/**
 * Rate limits shared by all servers. While Redis is unavailable each server counts on its own: limits become laxer
 * but still apply, and nobody is locked out.
 */
export class SharedLimiterStore extends LimiterRedisStore {
  constructor(
    private connection: RedisConnection,
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

  /** Deletes only the limiter's keys: the rest of Redis is the cache. */
  override async clear() {
    this.deleteInMemoryBlockedKeys()
    let cursor = '0'
    do {
      const page = await this.connection.scan(cursor, 'MATCH', `${PREFIX}:*`, 'COUNT', PAGE)
      cursor = page[0]
      if (page[1].length > 0) await this.connection.del(...page[1])
    } while (cursor !== '0')
  }
}
