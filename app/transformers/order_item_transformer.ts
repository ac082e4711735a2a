import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { toRupees } from '#locale/rupees'
import { toPriceUnits } from '#measures/price_units'
import type OrderItem from '#models/order_item'
import {
  baseQuantitySchema,
  goodsSchema,
  quantitySchema,
  transformGoods,
} from '#transformers/goods'
import { rateSchema, toPercent } from '#transformers/label'
import { rupeesSchema } from '#transformers/money'

const packed = 'What the scale said when it was packed; null for packed goods and until then'
const asked = 'What the shop could pack instead: the customer is asked; null without a question'

export const orderItem = vine.object({
  id: vine.string().uuid(),
  product_id: vine.string().uuid().nullable(),
  product_name_snapshot: vine.string(),
  ...goodsSchema(),
  unit_price: rupeesSchema('Rupees for one price unit, exact to the paisa'),
  quantity: quantitySchema('What was ordered'),
  base_quantity: baseQuantitySchema(),
  packed_quantity: quantitySchema(packed).nullable(),
  base_packed_quantity: baseQuantitySchema().nullable(),
  asked_quantity: quantitySchema(asked).nullable(),
  base_asked_quantity: baseQuantitySchema().nullable(),
  line_total: rupeesSchema(
    'What the item costs now: `unit_price` × the packed or else the ordered quantity, rounded half up to the paisa, once. ' +
      'Never more than was paid for it; 0 when it is not available'
  ),
  available: vine.boolean({ strict: true }),
  hsn_code: vine.string().nullable(),
  gst_rate: rateSchema(),
})

export function transformOrderItem(item: OrderItem): Infer<typeof orderItem> {
  const inUnits = (quantity: number | null) =>
    quantity === null ? null : toPriceUnits(quantity, item)
  return {
    id: item.id,
    product_id: item.productId,
    product_name_snapshot: item.name,
    ...transformGoods(item),
    unit_price: toRupees(item.pricePaise),
    quantity: toPriceUnits(item.quantity, item),
    base_quantity: item.quantity,
    packed_quantity: inUnits(item.packedQuantity),
    base_packed_quantity: item.packedQuantity,
    asked_quantity: inUnits(item.askedQuantity),
    base_asked_quantity: item.askedQuantity,
    line_total: toRupees(item.totalPaise),
    available: item.available,
    hsn_code: item.hsnCode,
    gst_rate: toPercent(item.gstBasisPoints),
  }
}
