import type Product from '#models/product'
import type { Page } from '#models/keyset'
import type { ProductFilter } from '#models/product_filter'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** A shop's products for its owner, found as customers find them, on the client that shows the owner's changes. */
export abstract class ShopProducts {
  /** One page by name of what the filter lets through; with `q` only what it finds, best first. */
  abstract page(
    shopId: string,
    asked: { q: string | null; cursor: string | null; filter?: ProductFilter; size?: number },
    client?: QueryClientContract
  ): Promise<Page<Product['details']>>
}
