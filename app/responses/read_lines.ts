import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import Product from '#models/product'
import type { Quantities } from '#orders/amended_lines'
import { readLine, soldOf } from '#orders/typed_line'
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
  const quantities = new Map<string, number>()
  const wrong: object[] = []
  for (const item of order.items) {
    const text = texts[item.id]
    if (text === undefined) continue
    if (!item.available) {
      quantities.set(item.id, item.quantity)
      continue
    }
    const sold = soldOf(
      item,
      products.find(({ id }) => id === item.productId)
    )
    const read = () => readLine(text ?? '', item, sold)
    await reportPortion(i18n, sold, read, fieldOfLine(item.id)).then(
      (quantity) => quantities.set(item.id, quantity),
      (error) => {
        if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
        wrong.push(...error.messages)
      }
    )
  }
  if (wrong.length > 0) throw new errors.E_VALIDATION_ERROR(wrong)
  return quantities
}
