import { createHash } from 'node:crypto'
import type { ReadThrough } from '#caches/read_through'
import Product from '#models/product'
import Shop from '#models/shop'
import { openingOf } from '#models/shop_hours'
import type { SessionClock } from '#replication/session_clock'

/** Cached customer view of a shop and its products, by page. */
export class ProductCache {
  constructor(private readThrough: ReadThrough) {}

  /** One page of products with the shop, or null when no such shop is open. */
  list(shopId: string, cursor: string | null, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), cursor ?? '', clock, async (client) => {
      const shop = await Shop.shown(shopId, client)
      return shop && { shop, ...(await Product.page(shopId, { cursor }, client)) }
    })
  }

  /** A product with its shop, or null when no open shop has it. */
  one(shopId: string, id: string, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), `one:${id}`, clock, async (client) => {
      const product = await Product.forSale(client).where({ shopId, id }).first()
      const shop = product && (await Shop.shown(shopId, client))
      return shop && { shop, product: product.details }
    })
  }

  /** When the shop is open; null when it has stated no hours. */
  opening(shopId: string, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), 'opening', clock, (client) =>
      openingOf(shopId, client)
    )
  }

  /** The shop with its owner, or null when no such shop is open. */
  shop(shopId: string, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), 'shop', clock, (client) =>
      Shop.findWithOwner(shopId, client)
    )
  }

  /** One page of the shop's products, or null when no such shop is open. */
  listing(shopId: string, cursor: string | null, size: number, clock: SessionClock) {
    const field = `listing:${size}:${cursor ?? ''}`
    return this.readThrough.get(keyOf(shopId), field, clock, async (client) => {
      const shop = await Shop.open(client).where('id', shopId).first()
      return shop && Product.page(shopId, { cursor, size }, client)
    })
  }

  /** Those of these products that the shop sells, for the lines of a cart. */
  some(shopId: string, ids: string[], clock: SessionClock) {
    const field = `some:${createHash('sha256').update(ids.toSorted().join()).digest('base64url')}`
    return this.readThrough.get(keyOf(shopId), field, clock, async (client) => {
      const products = await Product.forSale(client).where('shop_id', shopId).whereIn('id', ids)
      return products.map(({ details }) => details)
    })
  }

  /** Keys to invalidate when this shop or one of its products changes. */
  keysOf(shopId: string) {
    return [keyOf(shopId)]
  }
}

function keyOf(shopId: string) {
  return `products:${shopId}`
}
