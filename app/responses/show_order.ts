import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import { orderPage, receivedOrderPage } from '#pages/order_page'

/** The customer's page of an order. */
export async function showOrder(ctx: HttpContext, order: Order) {
  return ctx.page('pages/orders/show', 'partials/orders/detail', await orderPage(order))
}

/** The owner's page of an order. */
export async function showReceivedOrder(ctx: HttpContext, order: Order) {
  const state = await receivedOrderPage(order)
  return ctx.page('pages/owner/orders/show', 'partials/owner/orders/detail', state)
}
