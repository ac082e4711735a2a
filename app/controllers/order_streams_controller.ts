import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveOrders } from '#orders/live_orders'

/** Live updates of one of the customer's orders. */
@inject()
export default class OrderStreamsController {
  constructor(private live: LiveOrders) {}

  async show(ctx: HttpContext) {
    const order = await ctx.auth.user!.findOrder(ctx.params.order_id)
    return this.live.followOrder(ctx, order)
  }
}
