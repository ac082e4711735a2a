import type { HttpContext } from '@adonisjs/core/http'
import { receivedOrderPage } from '#pages/order_page'
import { pushControl } from '#pages/push_control'
import { boardFor } from '#responses/board_for'

/** Orders received by the owner's shops. */
export default class OrdersController {
  async index(ctx: HttpContext) {
    const state = await ctx.own.read(async (client) => ({
      ...(await boardFor(ctx, client)),
      push: await pushControl(ctx, client),
    }))
    return ctx.page('pages/owner/orders/index', 'partials/owner/orders/board', state)
  }

  async show(ctx: HttpContext) {
    const state = await ctx.own.read(async (client) => {
      return receivedOrderPage(
        await ctx.auth.user!.findReceivedOrder(ctx.params.id, client),
        client
      )
    })
    return ctx.page('pages/owner/orders/show', 'partials/owner/orders/detail', state)
  }
}
