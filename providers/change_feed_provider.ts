import type { ApplicationService } from '@adonisjs/core/types'
import { Cache } from '#caches/cache'
import { ProductCache } from '#caches/product_cache'
import { SearchCache } from '#search/search_cache'
import { ShopCache } from '#caches/shop_cache'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import { ChangeFeed } from '#change_feed/change_feed'
import { InvalidateCaches } from '#caches/invalidate_caches'
import { createChangeFeed } from '#providers/change_feed_adapters'
import { InvalidateSearches } from '#search/invalidate_searches'
import { Replication } from '#replication/replication'

/** Binds the change feed, and runs it in servers. */
export default class ChangeFeedProvider {
  #feed: ChangeFeed | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(ChangeFeed, (resolver) =>
      createChangeFeed(this.app, resolver, 'caches')
    )
    this.app.container.singleton(ChangeDispatcher, async (resolver) => {
      const logger = await resolver.make('logger')
      return new ChangeDispatcher(
        await resolver.make(Replication),
        [
          new InvalidateCaches(
            await resolver.make(Cache),
            await resolver.make(ShopCache),
            await resolver.make(ProductCache),
            logger,
            this.app.config.get<number>('change_feed.maximumSilence')
          ),
          new InvalidateSearches(await resolver.make(Cache), await resolver.make(SearchCache)),
        ],
        logger
      )
    })
  }

  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    this.#feed = await this.app.container.make(ChangeFeed)
    await this.#feed.start(await this.app.container.make(ChangeDispatcher))
  }

  async shutdown() {
    await this.#feed?.stop()
  }
}
