import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import type Order from '#models/order'
import Product from '#models/product'
import type { OfferItem } from '#orders/offer'
import { newLine } from '#orders/ordered_line'
import { readLine, soldOf } from '#orders/typed_line'
import { allRead } from '#responses/all_read'
import { fieldOfAdded } from '#responses/amendment_refused'
import { reportPortion } from '#responses/portion_refused'
import type { amendmentValidator } from '#validators/amendment'

type Added = NonNullable<Infer<typeof amendmentValidator>['added']>

/**
 * What was typed for products that are to be added to an order. Of one that the shop does not sell any more, the least.
 *
 * @throws E_VALIDATION_ERROR at the products that cannot be read
 */
export async function readAdded({ i18n }: HttpContext, { shopId }: Order, added: Added = {}) {
  const products = await Product.query().where('shop_id', shopId!).whereIn('id', Object.keys(added))
  const read = async ([productId, sent]: [string, Added[string]]): Promise<OfferItem> => {
    const { amount, price_paise: pricePaise, base_unit: baseUnit, net_quantity: netQuantity } = sent
    const offered = { productId, pricePaise, baseUnit, netQuantity }
    const product = products.find(({ id }) => id === productId)
    if (!product) return { ...offered, quantity: 1 }
    const item = newLine(product)
    const sold = soldOf(item, product)
    const quantity = await reportPortion(
      i18n,
      sold,
      () => readLine(amount ?? '', item, sold),
      fieldOfAdded(productId)
    )
    return { ...offered, quantity }
  }
  const items = await allRead(Object.entries(added).map(read))
  return items.filter(({ quantity }) => quantity > 0)
}
