import type { HttpContext } from '@adonisjs/core/http'
import { answerWithOrder } from '#responses/answer_with_order'
import { showOrder } from '#responses/show_order'
import { weightRefused } from '#responses/weight_refused'
import { weightAnswerValidator } from '#validators/weight'

/** The customer answers whether another weight than ordered is fine. */
export default class WeightAnswersController {
  async store(ctx: HttpContext) {
    const { auth, params, request } = ctx
    const customer = auth.user!
    const order = await customer.findOrder(params.order_id)
    const item = await order.related('items').query().where('id', params.item_id).firstOrFail()
    ctx.whenInvalid(async () => showOrder(ctx, await order.refresh()))
    const { answer, asked } = await request.validateUsing(weightAnswerValidator)
    return answerWithOrder(ctx, order, `weights.answered.${answer}`, () => {
      return order.answer(item.id, answer, asked, customer).catch((error) => {
        throw weightRefused(ctx, error, item, 'answer')
      })
    })
  }
}
