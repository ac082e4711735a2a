import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import Product from '#models/product'
import type { Quantities } from '#orders/amended_lines'
import { readLine, soldOf } from '#orders/typed_line'
import { allRead } from '#responses/all_read'
import { fieldOfLine } from '#responses/amendment_refused'
import { reportPortion } from '#responses/portion_refused'

/**
 * The quantities that were typed for the lines of an order, also for those that the shop left out meanwhile.
 *
 * @param texts by the ids of items
 * @throws E_VALIDATION_ERROR at the lines that cannot be read
 */
export async function readLines(
  { i18n }: HttpContext,
  order: Order,
  texts: Record<string, string | null>
): Promise<Quantities> {
  await order.load('items')
  const products = await Product.query()
    .where('shop_id', order.shopId!)
    .whereIn(
      'id',
      order.items.flatMap(({ productId }) => productId ?? [])
    )
  const said = order.items.filter(({ id }) => texts[id] !== undefined)
  const read = said.map(async (item) => {
    if (!item.available) return [item.id, item.quantity] as const
    const sold = soldOf(
      item,
      products.find(({ id }) => id === item.productId)
    )
    const quantity = () => readLine(texts[item.id] ?? '', item, sold)
    return [item.id, await reportPortion(i18n, sold, quantity, fieldOfLine(item.id))] as const
  })
  return new Map(await allRead(read))
}
