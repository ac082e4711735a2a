import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { answerWithBoard } from '#responses/answer_with_board'
import { orderPage } from '#pages/order_page'
import { refundValidator } from '#validators/payment'

/** The owner records a refund. */
export default class RefundsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    ctx.whenInvalid(async () =>
      ctx.page('pages/owner/orders/show', 'partials/owner/orders/detail', await orderPage(order))
    )
    const refund = await ctx.request.validateUsing(refundValidator)
    return answerWithBoard(ctx, order, 'board.refunded', () =>
      once(ctx, refund, async (client) => {
        await order.refund(owner, refund.amount_paise, refund.reference, client)
        return {}
      })
    )
  }
}
