import type { HttpContext } from '@adonisjs/core/http'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import { orderCard } from '#pages/order_card'
import { showOrder } from '#responses/show_order'
import { lenient } from '#validators/lenient'
import { listValidator } from '#validators/text'

export default class OrdersController {
  async index(ctx: HttpContext) {
    const { after = null } = await lenient(listValidator, ctx.request.qs())
    const customer = ctx.auth.user!
    const [page, invitations] = await Promise.all([
      Order.pageOf(customer, after),
      KhataInvitation.waitingFor(customer),
    ])
    const items = page.items.map(orderCard)
    const state = { ...page, items, invitations: invitations.length }
    return ctx.page('pages/orders/index', 'partials/orders/list', state)
  }

  async show(ctx: HttpContext) {
    const order = await ctx.auth.user!.findOrder(ctx.params.id)
    return showOrder(ctx, order)
  }
}
