import { goodsOf } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import OrderItem from '#models/order_item'
import type Product from '#models/product'

/** A product as a line of an order keeps it. */
export function orderedLine(product: Product, quantity: number) {
  const { id: productId, name, nameHi, unit, pricePaise, hsnCode, gstBasisPoints } = product
  const goods = goodsOf(product)
  const amountPaise = lineTotal({ ...goods, pricePaise, quantity })
  const copied = { name, nameHi, unit, pricePaise, hsnCode, gstBasisPoints, ...goods }
  return { ...copied, productId, quantity, amountPaise }
}

/** A line that has none of the product yet, by the id of the product. Not to be saved. */
export function newLine(product: Product): OrderItem {
  const unordered = { packedQuantity: null, askedQuantity: null, available: true }
  return new OrderItem().fill({ ...orderedLine(product, 0), ...unordered, id: product.id })
}
