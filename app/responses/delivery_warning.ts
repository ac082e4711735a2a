import type { HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import { deliveryTo } from '#delivery/delivery_to'
import { wordsOf } from '#locale/words'

/** That a shop does not deliver to the place, for who puts its goods into the cart; null when it does. */
export async function deliveryWarning(
  { clock, containerResolver, i18n, place }: HttpContext,
  shopId: string
) {
  const cache = await containerResolver.make(ProductCache)
  const terms = await cache.terms(shopId, clock)
  const delivery = terms && deliveryTo(terms, place, 0)
  return delivery?.reach === 'outside' ? `${wordsOf(i18n).deliveryNote(delivery)}.` : null
}
