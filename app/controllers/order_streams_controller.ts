import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LiveOrders } from '#orders/live_orders'

/** Live updates of all orders that a user placed or received. */
@inject()
export default class OrderStreamsController {
  constructor(private live: LiveOrders) {}

  async show(ctx: HttpContext) {
    return this.live.follow(ctx)
  }
}
