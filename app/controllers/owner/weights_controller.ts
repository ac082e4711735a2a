import type { HttpContext } from '@adonisjs/core/http'
import type { Weighed } from '#models/order_weights'
import { answerWithReceivedOrder } from '#responses/answer_with_received_order'
import { showReceivedOrder } from '#responses/show_order'
import { weightRefused } from '#responses/weight_refused'
import { weightValidator } from '#validators/weight'

/** What the scale says of a loose item. */
export default class WeightsController {
  async update(ctx: HttpContext) {
    const { auth, params, request, view } = ctx
    const owner = auth.user!
    const order = await owner.findReceivedOrder(params.order_id)
    const item = await order.related('items').query().where('id', params.item_id).firstOrFail()
    view.share({ weighing: item.id })
    ctx.whenInvalid(async () => showReceivedOrder(ctx, await order.refresh()))
    const { weight, seen } = await request.validateUsing(weightValidator, { meta: { item } })
    let outcome: Weighed
    const weigh = async () => {
      outcome = await order.weigh(item.id, weight, owner, seen).catch((error) => {
        throw weightRefused(ctx, error, item, 'weight')
      })
    }
    return answerWithReceivedOrder(ctx, order, () => `weights.done.${outcome}`, weigh)
  }
}
