import { sentQuantity, type SentQuantity } from '#api/sent_quantity'
import { refused } from '#api/products/refused'
import { wordsFor } from '#api/quantity_words'
import { OrderRefused } from '#exceptions/order_refused'
import { PreconditionFailed } from '#exceptions/precondition_failed'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import { WeightRefused } from '#exceptions/weight_refused'
import { largestQuantity } from '#measures/goods'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'

/** Needs the items. @throws ResourceNotFound */
export function itemOf(order: Order, id: string): OrderItem {
  const item = order.items.find((one) => one.id === id)
  if (!item) throw new ResourceNotFound('Item')
  return item
}

/** In base units. @throws E_VALIDATION_ERROR */
export function weightOf(sent: SentQuantity, item: OrderItem): number {
  const quantity = sentQuantity(sent, item)
  if (quantity === undefined) throw refused('quantity', 'Send quantity or base_quantity')
  const most = 2 * largestQuantity(item)
  if (quantity > most) throw refused('quantity', `A weight is at most ${wordsFor(most, item)}`)
  return quantity
}

/** @throws OrderRefused for a weight that cannot be charged; other errors are rethrown */
export function explainWeight(error: unknown, item: OrderItem): never {
  if (!(error instanceof WeightRefused)) throw error
  const { rule, amount } = error
  if (rule === 'changed') throw new PreconditionFailed()
  if (rule === 'worthless') throw new OrderRefused('So little of it costs nothing', 422, error)
  if (rule === 'over_limit') throw new OrderRefused(OVER_LIMIT, 409, error)
  const left = amount === 0 ? 'Nothing more' : `Only ${wordsFor(amount, item)} more`
  throw new OrderRefused(`${left} of ${item.name} left`, 409, error)
}

export const OVER_LIMIT = 'The order exceeds the limit of the khata'
