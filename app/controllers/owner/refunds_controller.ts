import type { HttpContext } from '@adonisjs/core/http'
import { answerWithBoard } from '#orders/answer_with_board'
import { orderPage } from '#orders/order_page'
import { refundValidator } from '#validators/payment'

/** Money that the owner has given back. */
export default class RefundsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    ctx.whenInvalid(async () =>
      ctx.page('pages/owner/orders/show', 'partials/owner/orders/detail', await orderPage(order))
    )
    const { amount_paise: paise, reference } = await ctx.request.validateUsing(refundValidator)
    return answerWithBoard(ctx, order, 'board.refunded', () => {
      return order.refund(owner, paise, reference)
    })
  }
}
