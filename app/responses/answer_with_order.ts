import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import { orderPage } from '#pages/order_page'
import { changeOrder } from '#responses/change_order'

/**
 * Changes the customer's order, then answers with its fragment under htmx, otherwise a redirect to its page. If
 * the change came too late, it shows what happened meanwhile.
 */
export async function answerWithOrder(
  ctx: HttpContext,
  order: Order,
  message: string,
  change: () => Promise<unknown>
) {
  const { refused, status, kind } = await changeOrder(ctx, message, change)
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response.redirect().status(303).toRoute('orders.show', [order.id])
  }
  if (refused) ctx.response.status(409)
  const page = await orderPage(await order.refresh())
  return ctx.view.render('partials/orders/detail', { ...page, status, kind, fragment: true })
}
