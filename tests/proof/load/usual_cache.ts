import type { Replication } from '#replication/replication'
import type { ForgetfulFeed, NaiveCache } from '../../consistency/naive_cache.js'
import type { ShopPages, Shown } from '../history/pages.js'
import type { SessionHistory } from '../history/session.js'
import { Tally } from '../history/tally.js'

const SLOT = 'kirana_usual'

/**
 * The usual cache, in this process: on a miss it reads from the replica and stores that for a minute, on a change event it
 * deletes. It is read by the same sessions, under the same writes and faults.
 */
export class UsualCache {
  readonly tally = new Tally()
  #shown = new WeakMap<object, Shown>()

  private constructor(
    private cache: NaiveCache,
    private feed: ForgetfulFeed
  ) {}

  static async start(replication: Replication) {
    const { ForgetfulFeed, NaiveCache } = await import('../../consistency/naive_cache.js')
    const { pgoutputOptions } = await import('../../consistency/platform.js')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { default: logger } = await import('@adonisjs/core/services/logger')
    const cache = new NaiveCache(replication)
    const feed = new ForgetfulFeed(SLOT, db, logger, pgoutputOptions(SLOT))
    await feed.start(cache)
    return new UsualCache(cache, feed)
  }

  /** Reads as the session; a read that the replicas do not answer counts as not answered. */
  async read(shop: ShopPages, history: SessionHistory) {
    const asked = performance.now()
    const shown = await this.shows(shop).catch(() => null)
    if (!shown) {
      this.tally.unanswered++
      return
    }
    const act = { form: 'json', server: 0, asked, answered: performance.now() } as const
    history.read(shop, shown, act)
  }

  async shows(shop: ShopPages) {
    const items = await this.cache.list(shop.id)
    let shown = this.#shown.get(items)
    if (!shown) this.#shown.set(items, (shown = shop.shownIn(items)))
    shop.age(shown)
    return shown
  }

  /** The feed is away for a while, and what it missed is lost to it, as to any consumer without a memory. */
  async breakFeed(work: () => Promise<unknown>) {
    await this.feed.stop()
    await work()
    await this.feed.start(this.cache)
  }

  stop() {
    return this.feed.stop()
  }
}
