import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type Order from '#models/order'
import { openingOf } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import { deadlinesOf } from '#orders/deadlines'
import { allows, OWNER_VERBS } from '#models/order_state'
import { UpiPayment } from '#orders/upi_payment'

/** @param client which the order was read by, when it was not the primary's */
export async function orderPage(order: Order, client?: QueryClientContract) {
  await order.load('items', (items) => items.orderBy('name'))
  await order.load('events', (events) => events.preload('actor').orderBy('id'))
  await order.load('shop')
  const settings = order.shopId ? await ShopSettings.of(order.shopId, client) : null
  return {
    order,
    shopIsOpen: order.shop !== null && !order.shop.isClosed,
    said: reasonOf(order),
    canWithdraw: allows('withdraw', order),
    canLeaveOut: order.canLeaveOut,
    isAsking: order.state === 'accepted' && order.items.some(({ isAsked }) => isAsked),
    verbs: OWNER_VERBS.filter((verb) => allows(verb, order)),
    upi: await UpiPayment.ofOrder(order, client),
    phone: settings?.phone ?? null,
    address: settings?.address ?? null,
    waitsUntil: await deadlineOf(order, settings, client),
  }
}

/** The owner's page of the order. */
export async function receivedOrderPage(order: Order, client?: QueryClientContract) {
  return { ...(await orderPage(order, client)), canStepBack: await order.canStepBack(client) }
}

async function deadlineOf(
  { id, state, waitingSince }: Order,
  settings: ShopSettings | null,
  client?: QueryClientContract
) {
  if (state !== 'placed' || !settings) return null
  const { acceptWithinMinutes } = settings
  const opening = await openingOf(settings.shopId, client)
  const waiting = { id, waitingSince, acceptWithinMinutes, opening }
  return (await deadlinesOf([waiting], client)).get(id)!
}

/** What was said with the last change of the state. */
function reasonOf({ events, state }: Order) {
  const last = events.findLast(({ subject, toValue }) => subject === 'state' && toValue === state)
  return last?.reason ?? null
}
