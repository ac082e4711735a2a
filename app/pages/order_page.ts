import type Order from '#models/order'
import ShopSettings from '#models/shop_settings'
import { deadlinesOf } from '#orders/deadlines'
import { allows, OWNER_VERBS } from '#models/order_state'
import { UpiPayment } from '#orders/upi_payment'

export async function orderPage(order: Order) {
  await order.load((relations) => {
    relations
      .load('items', (items) => items.orderBy('name'))
      .load('events', (events) => events.preload('actor').orderBy('id'))
      .load('shop')
  })
  return {
    order,
    shopIsOpen: order.shop !== null && !order.shop.isClosed,
    canWithdraw: allows('withdraw', order),
    canLeaveOut: order.canLeaveOut,
    verbs: OWNER_VERBS.filter((verb) => allows(verb, order)),
    upi: await UpiPayment.ofOrder(order),
    waitsUntil: await deadlineOf(order),
  }
}

async function deadlineOf({ id, shopId, state, waitingSince }: Order) {
  if (state !== 'placed' || !shopId) return null
  const { acceptWithinMinutes } = await ShopSettings.of(shopId)
  return (await deadlinesOf([{ id, waitingSince, acceptWithinMinutes }])).get(id)!
}
