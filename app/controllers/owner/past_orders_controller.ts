import type { HttpContext } from '@adonisjs/core/http'
import Order from '#models/order'
import { lenient } from '#validators/lenient'
import { listValidator } from '#validators/text'

/** All that ever came to the owner's shops, the newest first. */
export default class PastOrdersController {
  async index(ctx: HttpContext) {
    const { after = null } = await lenient(listValidator, ctx.request.qs())
    const page = await Order.pageReceivedBy(ctx.auth.user!, after)
    return ctx.page('pages/owner/orders/past', 'partials/owner/orders/list', { ...page })
  }
}
