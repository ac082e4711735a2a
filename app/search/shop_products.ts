import type Product from '#models/product'
import type { Page } from '#models/keyset'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** A shop's products for its owner, found as customers find them, on the client that shows the owner's changes. */
export abstract class ShopProducts {
  /** One page by name; with `q` only what it finds, best first. */
  abstract page(
    shopId: string,
    asked: { q: string | null; cursor: string | null },
    client?: QueryClientContract
  ): Promise<Page<Product['details']>>
}
