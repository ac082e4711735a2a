import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { MOST_ITEMS } from '#cart/cart_item'
import { AmendmentRefused, type Refused } from '#exceptions/amendment_refused'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import Product from '#models/product'
import { CheckoutChanged } from '#orders/checkout_changed'
import { itemChanges, type OfferItem } from '#orders/offer'
import { orderedLine } from '#orders/ordered_line'

/**
 * Whether a customer can add these to an order with these lines: by the rules of a checkout, and each product once.
 *
 * @param sold the locked products that the shop sells
 * @throws AmendmentRefused
 * @throws CheckoutChanged
 */
export function checkAdded(lines: OrderItem[], added: OfferItem[], sold: Product[]) {
  const refused = lines
    .filter((line) => added.some(({ productId }) => productId === line.productId))
    .map((item): Refused => ({ rule: item.available ? 'in_order' : 'left_out', item, amount: 0 }))
  if (lines.length + added.length > MOST_ITEMS) {
    refused.push({ rule: 'too_many', item: null, amount: MOST_ITEMS })
  }
  if (refused.length > 0) throw new AmendmentRefused(refused)
  const changes = itemChanges(added, productsOf(sold))
  if (changes.length > 0) throw new CheckoutChanged(changes)
}

/** Takes what was checked from the stock. */
export async function addLines(
  order: Order,
  added: OfferItem[],
  sold: Product[],
  client: TransactionClientContract
) {
  if (added.length === 0) return
  const products = productsOf(sold)
  const lines = added.map(({ productId, quantity }) => {
    return orderedLine(products.get(productId)!, quantity)
  })
  await Product.takeOut(lines, client)
  await order.related('items').createMany(lines)
}

function productsOf(sold: Product[]) {
  return new Map(sold.map((product) => [product.id, product]))
}
