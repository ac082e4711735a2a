import type { HttpContext } from '@adonisjs/core/http'
import { board } from '#pages/board'
import { showReceivedOrder } from '#responses/show_order'

/** Orders received by the owner's shops. */
export default class OrdersController {
  async index(ctx: HttpContext) {
    const state = await board(ctx.auth.user!)
    return ctx.page('pages/owner/orders/index', 'partials/owner/orders/board', state)
  }

  async show(ctx: HttpContext) {
    const order = await ctx.auth.user!.findReceivedOrder(ctx.params.id)
    return showReceivedOrder(ctx, order)
  }
}
