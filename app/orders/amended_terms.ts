import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import type { Fulfilment } from '#models/order_state'
import type ShopSettings from '#models/shop_settings'

/** What is asked of the terms: value of the goods before a change and after it, in paise, and how they come then. */
export interface Amended {
  before: number
  after: number
  fulfilment: Fulfilment
}

/** What the goods are worth to the terms of a delivery. What the shop does not have counts: that costs nobody else. */
export function worthOf(items: Pick<OrderItem, 'amountPaise'>[]) {
  return items.reduce((sum, { amountPaise }) => sum + amountPaise, 0)
}

/**
 * The lower of the fee that was agreed and the shop's fee now. An order without a fee gets one only when the change takes
 * it below the value from which delivery is free. One that is to be delivered after all pays as at a checkout.
 *
 * @param order as it was
 */
export function amendedFee(
  { fulfilment: was, deliveryFeePaise: agreed }: Pick<Order, 'fulfilment' | 'deliveryFeePaise'>,
  settings: ShopSettings,
  { before, after, fulfilment }: Amended
) {
  const fee = settings.feeFor(fulfilment, after)
  if (fulfilment !== was) return fee
  const wasFree = agreed === 0 && before >= (settings.freeDeliveryFromPaise ?? Infinity)
  return wasFree ? fee : Math.min(agreed, fee)
}

/**
 * The minimum that a change would miss; null when it may. What was below it already can become less.
 *
 * @param order as it was
 */
export function missedMinimum(
  { fulfilment: was }: Pick<Order, 'fulfilment'>,
  settings: ShopSettings,
  { before, after, fulfilment }: Amended
) {
  const minimum = settings.minimumFor(fulfilment)
  const isAllowed = fulfilment === was && before < minimum
  return after < minimum && !isAllowed ? minimum : null
}
