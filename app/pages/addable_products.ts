import type { HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import { isSoldOut } from '#measures/portion'
import { boughtBefore } from '#models/bought_before'
import type Order from '#models/order'
import type { AmendmentLine } from '#pages/amendment_lines'
import { ShopProducts } from '#search/shop_products'

const SHOWN = 6

/**
 * Products of the shop that an order can have too: what a search in the shop finds, or what the customer bought there
 * before and then others. Needs the items.
 *
 * @param lines of the form, which can have more products already
 */
export async function addableProducts(
  { auth, clock, containerResolver, own }: HttpContext,
  order: Order,
  lines: AmendmentLine[],
  q: string | null
) {
  const shopId = order.shopId!
  const known = new Set(
    [...order.items, ...lines.map(({ item }) => item)].map((one) => one.productId)
  )
  const [cache, finder] = await Promise.all([
    containerResolver.make(ProductCache),
    containerResolver.make(ShopProducts),
  ])
  const bought = async () => {
    const ids = await own.keep(`bought ${shopId}`, (client) => {
      return boughtBefore(auth.user!.id, shopId, client)
    })
    const sold = await cache.some(shopId, ids, clock)
    return sold?.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  }
  const found = q
    ? [await cache.found(shopId, { q, cursor: null }, clock, finder)]
    : [{ items: await bought() }, await cache.list(shopId, null, clock)]
  const products = new Map(found.flatMap((page) => page?.items ?? []).map((one) => [one.id, one]))
  return [...products.values()]
    .filter((product) => !known.has(product.id) && !isSoldOut(product))
    .slice(0, SHOWN)
}
