import { explainWeight, itemOf } from '#api/weigh'
import { transformOrderDetail } from '#transformers/order_transformer'
import { weightAnswerValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

/** Whether another weight than ordered is fine. */
export default class WeightAnswersController {
  async store({ auth, params, request }: HttpContext) {
    const customer = auth.user!
    const order = await customer.findOrder(params.id)
    await order.load('items')
    const item = itemOf(order, params.item_id)
    const data = request.body()
    const sent = await request.validateUsing(weightAnswerValidator, { data })
    await order
      .answer(item.id, sent.answer, sent.base_asked_quantity, customer)
      .catch((error) => explainWeight(error, item))
    await order.load('items')
    return transformOrderDetail(order, customer.username)
  }
}
