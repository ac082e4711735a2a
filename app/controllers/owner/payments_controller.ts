import type { HttpContext } from '@adonisjs/core/http'
import { answerWithBoard, ownersPageOf } from '#orders/answer_with_board'

/** What the owner knows about the money of an order. */
export default class PaymentsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    return answerWithBoard(
      ctx,
      'board.payment_confirmed',
      () => order.confirmPayment(owner),
      ownersPageOf(order)
    )
  }

  async destroy(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    return answerWithBoard(
      ctx,
      'board.payment_disputed',
      () => order.disputePayment(owner),
      ownersPageOf(order)
    )
  }
}
