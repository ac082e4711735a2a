import { checkIfMatch } from '#api/answer'
import { explainWeight, itemOf, weightOf } from '#api/weigh'
import User from '#models/user'
import { transformOrderDetail } from '#transformers/order_transformer'
import { weightValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

/** What the scale says of a loose item. */
export default class OrderItemsController {
  async update(ctx: HttpContext) {
    const { auth, params, request } = ctx
    const owner = auth.user!
    const order = await owner.findReceivedOrder(params.id)
    await order.load('items')
    const item = itemOf(order, params.item_id)
    const sent = await request.validateUsing(weightValidator, { data: request.body() })
    const weight = weightOf(sent, item)
    const { username } = await User.findOrFail(order.customerId)
    checkIfMatch(ctx, transformOrderDetail(order, username))
    const seen = request.headers()['if-match'] === undefined ? undefined : item.weight
    await order.weigh(item.id, weight, owner, seen).catch((error) => explainWeight(error, item))
    await order.load('items')
    return transformOrderDetail(order, username)
  }
}
