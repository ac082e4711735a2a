import type { HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import { countOf } from '#cart/cart_item'
import { deliveryTo, type DeliverySettings } from '#delivery/delivery_to'
import { reviewItems } from '#pages/cart_review'

/** What the cart of a shop costs now, and what a delivery to the place does; null while nothing of it is in the cart. */
export async function shopBar(
  { cart, clock, containerResolver, place }: HttpContext,
  shop: DeliverySettings & { id: string; pinCode: string | null }
) {
  const items = cart.itemsOf(shop.id)
  if (items.length === 0) return null
  const ids = items.map(({ productId }) => productId)
  const cache = await containerResolver.make(ProductCache)
  const lines = reviewItems(items, await cache.some(shop.id, ids, clock))
  const totalPaise = lines.reduce((sum, line) => sum + line.totalPaise, 0)
  return { count: countOf(items), totalPaise, delivery: deliveryTo(shop, place, totalPaise) }
}
