import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { PgoutputChangeFeed } from '#change_feed/pgoutput_change_feed'
import Product from '#models/product'
import type { Replication } from '#replication/replication'
import { dropSlot } from '#tests/helpers/feed_recorder'

const TTL = 60_000

/**
 * The usual way, as many tutorials have it: on a miss read from the replica and SET for a minute, on a
 * change event DEL. Here to be caught by the same checks that the application has to pass.
 */
export class NaiveCache implements ChangeListener {
  #held = new Map<string, { products: { id: string; pricePaise: number }[]; until: number }>()

  constructor(private replication: Replication) {}

  async list(shopId: string) {
    const hit = this.#held.get(shopId)
    if (hit && hit.until > performance.now()) return hit.products
    const { value } = await this.replication.readAt(null, (client) => {
      return Product.page(shopId, {}, client)
    })
    this.#held.set(shopId, { products: value.items, until: performance.now() + TTL })
    return value.items
  }

  /** A delete's event does not name the shop, and so drops nothing. */
  async changes(changes: ChangeEvent[]) {
    for (const { table, operation, key } of changes) {
      if (table === 'products' && operation !== 'delete') this.#held.delete(key.shop_id)
    }
  }

  async heartbeat() {}

  async gap() {}

  expire() {
    this.#held.clear()
  }
}

/** A consumer without a memory: it begins with the latest event, whatever it missed while it was away. */
export class ForgetfulFeed extends PgoutputChangeFeed {
  constructor(
    private slot: string,
    ...[db, logger, options]: ConstructorParameters<typeof PgoutputChangeFeed>
  ) {
    super(db, logger, { ...options, slot })
  }

  async stop() {
    await super.stop()
    await dropSlot(this.slot)
  }
}
