import type { HttpContext } from '@adonisjs/core/http'
import { answerWithBoard } from '#responses/answer_with_board'
import { leftOutItemValidator } from '#validators/order_transition'

/** Order items that turn out to be unavailable. */
export default class LeftOutItemsController {
  async store(ctx: HttpContext) {
    const owner = ctx.auth.user!
    const order = await owner.findReceivedOrder(ctx.params.order_id)
    const { item_id: itemId } = await ctx.request.validateUsing(leftOutItemValidator)
    return answerWithBoard(ctx, order, 'board.left_out', () => order.leaveOut(itemId, owner))
  }
}
