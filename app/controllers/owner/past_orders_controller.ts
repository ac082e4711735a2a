import type { HttpContext } from '@adonisjs/core/http'
import Order from '#models/order'
import { orderCard } from '#pages/order_card'
import { lenient } from '#validators/lenient'
import { listValidator } from '#validators/text'

/** All orders received by the owner's shops, newest first. */
export default class PastOrdersController {
  async index(ctx: HttpContext) {
    const { after = null } = await lenient(listValidator, ctx.request.qs())
    const owner = ctx.auth.user!
    const page = await ctx.own.keep(`past orders ${after}`, async (client) => {
      const { items, ...around } = await Order.pageReceivedBy(owner, after, client)
      return { ...around, items: items.map(orderCard) }
    })
    return ctx.keptPage('pages/owner/orders/past', 'partials/owner/orders/list', {
      whose: owner.id,
      from: [page],
      asked: { after },
      state: () => page,
    })
  }
}
