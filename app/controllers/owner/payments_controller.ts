import type { HttpContext } from '@adonisjs/core/http'
import { answerWithBoard } from '#orders/answer_with_board'

/** What the owner knows about the money of an order. */
export default class PaymentsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    return answerWithBoard(ctx, order, 'board.payment_confirmed', () => {
      return order.confirmPayment(owner)
    })
  }

  async destroy(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    return answerWithBoard(ctx, order, 'board.payment_disputed', () => {
      return order.disputePayment(owner)
    })
  }
}
