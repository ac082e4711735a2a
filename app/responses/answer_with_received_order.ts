import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import { receivedOrderPage } from '#pages/order_page'
import { changeOrder } from '#responses/change_order'

/** Changes a received order, then answers with its fragment under htmx, otherwise with a redirect to its page. */
export async function answerWithReceivedOrder(
  ctx: HttpContext,
  order: Order,
  message: () => string,
  change: () => Promise<unknown>
) {
  const { refused, status, kind } = await changeOrder(ctx, message, change)
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response.redirect().status(303).toRoute('owner.orders.show', [order.id])
  }
  if (refused) ctx.response.status(409)
  const page = await receivedOrderPage(await order.refresh())
  return ctx.view.render('partials/owner/orders/detail', { ...page, status, kind, fragment: true })
}
