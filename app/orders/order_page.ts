import type Order from '#models/order'
import ShopSettings from '#models/shop_settings'
import { allows, OWNER_VERBS } from '#orders/order_state'
import { upiLink } from '#orders/upi_link'

/** An order with everything that its pages show. */
export async function orderPage(order: Order) {
  await order.load((relations) => {
    relations
      .load('items', (items) => items.orderBy('name'))
      .load('events', (events) => events.preload('actor').orderBy('id'))
  })
  const settings = order.shopId ? await ShopSettings.of(order.shopId) : null
  return {
    order,
    canWithdraw: allows('withdraw', order),
    canLeaveOut: allows('withdraw', order),
    verbs: OWNER_VERBS.filter((verb) => allows(verb, order)),
    upi: order.isToBePaid ? upiLink(order, settings?.upiId ?? null) : null,
  }
}
