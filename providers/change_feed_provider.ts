import type changeFeedConfig from '#config/change_feed'
import type { ApplicationService } from '@adonisjs/core/types'
import { primary } from '#infra/cluster/primary'
import { role, workers } from '#infra/cluster/role'
import { Cache } from '#caches/cache'
import { CityCache } from '#caches/city_cache'
import { ProductCache } from '#caches/product_cache'
import { SearchCache } from '#search/search_cache'
import { ShopCache } from '#caches/shop_cache'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import { ChangeFeed } from '#change_feed/change_feed'
import { InvalidateCaches } from '#caches/invalidate_caches'
import { ChangeRelay } from '#change_feed/change_relay'
import { RelayedChangeFeed } from '#change_feed/relayed_change_feed'
import { tellStatus } from '#change_feed/tell_status'
import { createChangeFeed } from '#providers/change_feed_adapters'
import { tracedHandler } from '#providers/traced_handler'
import { InvalidateSearches } from '#search/invalidate_searches'
import { Passed } from '#replication/passed'
import { Replication } from '#replication/replication'

/**
 * Binds the change feed, and runs it in servers: where its changes are needed, and once for a cache that is shared.
 */
export default class ChangeFeedProvider {
  #running: { stop(): Promise<void> } | null = null
  #stopTelling = () => {}

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(ChangeFeed, (resolver) =>
      role() === 'worker'
        ? new RelayedChangeFeed(primary())
        : createChangeFeed(this.app, resolver, 'caches')
    )
    this.app.container.singleton(ChangeDispatcher, async (resolver) => {
      const logger = await resolver.make('logger')
      const floors = new InvalidateCaches(
        await resolver.make(Cache),
        await resolver.make(ShopCache),
        await resolver.make(ProductCache),
        await resolver.make(CityCache),
        logger,
        await resolver.make(Passed),
        this.app.config.get<number>('change_feed.maximumSilence')
      )
      return new ChangeDispatcher(
        await resolver.make(Replication),
        [
          await tracedHandler(this.app, floors, 'raise floors', 'caches'),
          new InvalidateSearches(await resolver.make(Cache), await resolver.make(SearchCache)),
        ],
        logger
      )
    })
  }

  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    const feed = await this.app.container.make(ChangeFeed)
    const isShared = this.app.config.get('cache.adapter') === 'redis'
    if (role() === 'primary') this.#stopTelling = tellStatus(feed, workers())
    if (role() === 'primary' && !isShared) this.#running = await this.#relay(feed)
    else if (role() !== 'worker' || !isShared) this.#running = await this.#dispatch(feed)
  }

  async shutdown() {
    this.#stopTelling()
    await this.#running?.stop()
  }

  async #dispatch(feed: ChangeFeed) {
    await feed.start(await this.app.container.make(ChangeDispatcher))
    return feed
  }

  /** Each worker has a cache of its own. */
  async #relay(feed: ChangeFeed) {
    const replication = await this.app.container.make(Replication)
    const { relayPatience } = this.app.config.get<typeof changeFeedConfig>('change_feed')
    return new ChangeRelay(feed, workers(), replication, relayPatience)
  }
}
