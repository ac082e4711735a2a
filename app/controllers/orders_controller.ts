import type { HttpContext } from '@adonisjs/core/http'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import { orderCard } from '#pages/order_card'
import { orderPage } from '#pages/order_page'
import { lenient } from '#validators/lenient'
import { listValidator } from '#validators/text'

export default class OrdersController {
  async index(ctx: HttpContext) {
    const { after = null } = await lenient(listValidator, ctx.request.qs())
    const customer = ctx.auth.user!
    const shown = await ctx.own.keep(`orders ${after}`, async (client) => {
      const page = await Order.pageOf(customer, after, { client })
      const waiting = await KhataInvitation.waitingFor(customer, client)
      const endings = waiting.map(({ expiresAt }) => expiresAt.toMillis())
      return { page: { ...page, items: page.items.map(orderCard) }, endings }
    })
    const invitations = shown.endings.filter((end) => end > Date.now()).length
    return ctx.keptPage('pages/orders/index', 'partials/orders/list', {
      whose: customer.id,
      from: [shown, invitations],
      asked: { after },
      state: () => ({ ...shown.page, invitations }),
    })
  }

  async show(ctx: HttpContext) {
    const state = await ctx.own.read(async (client) => {
      return orderPage(await ctx.auth.user!.findOrder(ctx.params.id, client), client)
    })
    return ctx.page('pages/orders/show', 'partials/orders/detail', state)
  }
}
