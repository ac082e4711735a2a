import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { answerWithBoard } from '#responses/answer_with_board'
import { showReceivedOrder } from '#responses/show_order'
import { receivedPaymentValidator } from '#validators/payment'

/** The owner confirms or disputes a payment. */
export default class PaymentsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    ctx.whenInvalid(() => showReceivedOrder(ctx, order))
    await order.load('items')
    const { amount } = await ctx.request.validateUsing(receivedPaymentValidator, {
      meta: { order },
    })
    return answerWithBoard(ctx, order, 'board.payment_confirmed', () =>
      once(ctx, { amount }, async (client) => {
        await order.confirmPayment(owner, amount, client)
        return {}
      })
    )
  }

  async destroy(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    return answerWithBoard(ctx, order, 'board.payment_disputed', () => {
      return order.disputePayment(owner)
    })
  }
}
