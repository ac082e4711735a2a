import type { HttpContext } from '@adonisjs/core/http'
import Order from '#models/order'
import { orderCard } from '#pages/order_card'
import { lenient } from '#validators/lenient'
import { listValidator } from '#validators/text'

/** All orders received by the owner's shops, newest first. */
export default class PastOrdersController {
  async index(ctx: HttpContext) {
    const { after = null } = await lenient(listValidator, ctx.request.qs())
    const page = await Order.pageReceivedBy(ctx.auth.user!, after)
    return ctx.page('pages/owner/orders/past', 'partials/owner/orders/list', {
      ...page,
      items: page.items.map(orderCard),
    })
  }
}
