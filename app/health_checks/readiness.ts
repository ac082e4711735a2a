import app from '@adonisjs/core/services/app'
import config from '@adonisjs/core/services/config'
import { inject } from '@adonisjs/core'
import { ChangeFeed } from '#change_feed/change_feed'
import { processesOfServer } from '#health_checks/processes'
import { redisConnection } from '#redis/redis_connection'
import { redisHealth } from '#redis/redis_health'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import { withTimeout } from '#replication/with_timeout'

const DEADLINE = 2_000

/**
 * Readiness by dependencies. Only the primary is required; without the replica, the feed or Redis pages are
 * slower, which the report shows.
 */
@inject()
export class Readiness {
  #hasRedis = config.get('cache.adapter') === 'redis'
  #maximumSilence = config.get<number>('change_feed.maximumSilence')

  constructor(
    private replication: Replication,
    private feed: ChangeFeed
  ) {}

  async report() {
    const [primary, replica, redis, processes] = await Promise.all([
      this.#check(() => this.#primary()),
      this.#check(() => this.#replica()),
      this.#hasRedis ? this.#check(() => this.#redis()) : undefined,
      processesOfServer(),
    ])
    const changeFeed = this.#changeFeed()
    return { ready: primary.healthy, primary, replica, changeFeed, redis, processes }
  }

  async #primary() {
    return { position: formatPosition(await this.replication.currentPosition()) }
  }

  async #replica() {
    const primaryPosition = await this.replication.currentPosition()
    const { position } = await this.replication.replicaProgress()
    const lagBytes = position < primaryPosition ? Number(primaryPosition - position) : 0
    return { position: formatPosition(position), lagBytes }
  }

  async #redis() {
    const { container } = app
    const [redis, logger] = await Promise.all([container.make('redis'), container.make('logger')])
    return redisHealth(redisConnection(redis, logger))
  }

  #changeFeed() {
    const { state, heardAt } = this.feed.status()
    const silentForMs = heardAt && Date.now() - heardAt.getTime()
    const healthy = silentForMs !== null && silentForMs <= this.#maximumSilence
    return { healthy, state, silentForMs }
  }

  async #check<T extends object>(probe: () => Promise<T>) {
    try {
      return { healthy: true, ...(await withTimeout(probe(), DEADLINE)) }
    } catch (error) {
      return { healthy: false, error: (error as Error).message }
    }
  }
}
