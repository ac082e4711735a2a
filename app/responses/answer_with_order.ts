import type { HttpContext } from '@adonisjs/core/http'
import type Order from '#models/order'
import { orderPage } from '#pages/order_page'
import { wasRefused } from '#responses/was_refused'

/**
 * Changes the customer's order and answers with it as it then is: its part of the page under htmx,
 * otherwise the way to its page. Whoever was too late sees what happened meanwhile.
 */
export async function answerWithOrder(
  ctx: HttpContext,
  order: Order,
  message: string,
  change: () => Promise<unknown>
) {
  const refused = await wasRefused(change)
  const status = ctx.i18n.t(refused ? 'orders.too_late' : message)
  const kind = refused ? 'error' : 'success'
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response.redirect().status(303).toRoute('orders.show', [order.id])
  }
  if (refused) ctx.response.status(409)
  const page = await orderPage(await order.refresh())
  return ctx.view.render('partials/orders/detail', { ...page, status, kind, fragment: true })
}
