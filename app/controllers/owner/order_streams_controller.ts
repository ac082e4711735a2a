import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveOrders } from '#orders/live_orders'

/** Live updates of the orders of the owner's shops. */
@inject()
export default class OrderStreamsController {
  constructor(private live: LiveOrders) {}

  async show(ctx: HttpContext) {
    const shops = await ctx.auth.user!.related('shops').query().select('id')
    return this.live.followShops(
      ctx,
      shops.map(({ id }) => id)
    )
  }
}
