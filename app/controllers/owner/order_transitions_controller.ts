import type { HttpContext } from '@adonisjs/core/http'
import { answerWithBoard } from '#responses/answer_with_board'
import { showReceivedOrder } from '#responses/show_order'
import { orderTransitionValidator, stepBackValidator } from '#validators/order_transition'

export default class OrderTransitionsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    ctx.whenInvalid(() => showReceivedOrder(ctx, order))
    const { verb, from, revision, reason } =
      await ctx.request.validateUsing(orderTransitionValidator)
    return answerWithBoard(ctx, order, `board.done.${verb}`, () => {
      return order.move(verb, owner, reason ?? null, { seen: from, revision })
    })
  }

  /** Undoes the last step. */
  async destroy(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    ctx.whenInvalid(() => showReceivedOrder(ctx, order))
    const { from } = await ctx.request.validateUsing(stepBackValidator)
    return answerWithBoard(ctx, order, 'board.stepped_back', () => order.stepBack(owner, from))
  }
}
