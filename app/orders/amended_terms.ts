import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import type ShopSettings from '#models/shop_settings'

/** Value of the goods before a change and after it, in paise. */
export interface Worths {
  before: number
  after: number
}

/** What the goods are worth to the terms of a delivery. What the shop does not have counts: that costs nobody else. */
export function worthOf(items: Pick<OrderItem, 'amountPaise'>[]) {
  return items.reduce((sum, { amountPaise }) => sum + amountPaise, 0)
}

/**
 * The lower of the fee that was agreed and the shop's fee now. An order without a fee gets one only when the change takes
 * it below the value from which delivery is free.
 */
export function amendedFee(
  { fulfilment, deliveryFeePaise: agreed }: Order,
  settings: ShopSettings,
  { before, after }: Worths
) {
  const fee = settings.feeFor(fulfilment, after)
  const wasFree = agreed === 0 && before >= (settings.freeDeliveryFromPaise ?? Infinity)
  return wasFree ? fee : Math.min(agreed, fee)
}

/** The minimum that a change would miss; null when it may. What was below it already can become less. */
export function missedMinimum(
  { fulfilment }: Order,
  settings: ShopSettings,
  { before, after }: Worths
) {
  const minimum = settings.minimumFor(fulfilment)
  return after < minimum && before >= minimum ? minimum : null
}
