import type { HttpContext } from '@adonisjs/core/http'
import { answerWithOrder } from '#responses/answer_with_order'

/** The customer cancels the order, until it is packed. */
export default class OrderCancellationsController {
  async store(ctx: HttpContext) {
    const order = await ctx.auth.user!.findOrder(ctx.params.order_id)
    return answerWithOrder(ctx, order, 'orders.cancelled', () => order.withdraw(ctx.auth.user!))
  }
}
