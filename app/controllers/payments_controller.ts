import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { TransitionRefused } from '#exceptions/transition_refused'
import { answerWithOrder } from '#responses/answer_with_order'
import { showOrder } from '#responses/show_order'
import { paymentValidator } from '#validators/payment'

export default class PaymentsController {
  async store(ctx: HttpContext) {
    const customer = ctx.auth.user!
    const order = await customer.findOrder(ctx.params.order_id)
    ctx.whenInvalid(() => showOrder(ctx, order))
    if (!order.isClaimable) {
      const refused = new TransitionRefused(order, 'claimed')
      return answerWithOrder(ctx, order, '', () => Promise.reject(refused))
    }
    await order.load('items')
    const { reference, amount } = await ctx.request.validateUsing(paymentValidator, {
      meta: { order },
    })
    return answerWithOrder(ctx, order, 'orders.payment_claimed', () =>
      once(ctx, { reference, amount }, async (client) => {
        await order.claimPayment(customer, reference, amount, client)
        return {}
      })
    )
  }
}
