import { createHash } from 'node:crypto'
import type { ReadThrough } from '#caches/read_through'
import type { Category } from '#models/category'
import type { Page } from '#models/keyset'
import type { ProductFilter } from '#models/product_filter'
import Product, { NOT_WITHDRAWN } from '#models/product'
import Shop from '#models/shop'
import { termsOfShops } from '#models/shop_terms'
import type { SessionClock } from '#replication/session_clock'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

type Products = Page<Product['details']>

/** Finds a shop's products; the caches are below search, and cannot import it. */
interface Finder {
  page(
    shopId: string,
    asked: Asked & { filter: ProductFilter },
    client: QueryClientContract
  ): Promise<Products>
}

interface Asked {
  q: string
  cursor: string | null
}

/** Cached customer view of a shop and its products, by page. */
export class ProductCache {
  constructor(private readThrough: ReadThrough) {}

  /** One page of products with the shop and its categories, or null when no such shop is open. */
  list(
    shopId: string,
    cursor: string | null,
    clock: SessionClock,
    category: Category | null = null
  ) {
    const field = category ? `in:${category}:${cursor ?? ''}` : (cursor ?? '')
    return this.#shown(shopId, field, clock, (client) =>
      Product.page(shopId, { cursor, category, where: NOT_WITHDRAWN }, client)
    )
  }

  /** `list` of what a search in the shop finds, best first. */
  found(shopId: string, asked: Asked, clock: SessionClock, finder: Finder) {
    const field = `found:${JSON.stringify([asked.q, asked.cursor])}`
    return this.#shown(shopId, field, clock, (client) =>
      finder.page(shopId, { ...asked, filter: { forSale: true } }, client)
    )
  }

  /** A product with its shop, or null when no open shop has it. */
  one(shopId: string, id: string, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), `one:${id}`, clock, async (client) => {
      const product = await Product.forSale(client).where({ shopId, id }).first()
      const shop = product && (await Shop.shown(shopId, client))
      return shop && { shop, product: product.details }
    })
  }

  /** When, where and for how much the shop delivers; null when no such shop is open. */
  terms(shopId: string, clock: SessionClock) {
    return this.readThrough.get(keyOf(shopId), 'terms', clock, async (client) => {
      const [terms = null] = await termsOfShops([shopId], client)
      return terms
    })
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
      return shop && Product.page(shopId, { cursor, size, where: NOT_WITHDRAWN }, client)
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

  #shown(
    shopId: string,
    field: string,
    clock: SessionClock,
    read: (client: QueryClientContract) => Promise<Products>
  ) {
    return this.readThrough.get(keyOf(shopId), field, clock, async (client) => {
      const shop = await Shop.shown(shopId, client)
      if (!shop) return null
      return {
        shop,
        categories: await Product.categoriesOf(shopId, client),
        ...(await read(client)),
      }
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
