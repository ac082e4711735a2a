import { OrderRefused } from '#exceptions/order_refused'
import { TransitionRefused } from '#exceptions/transition_refused'
import { transformOrder } from '#transformers/order_transformer'
import type { HttpContext } from '@adonisjs/core/http'

export default class OrderCancellationsController {
  async store({ auth, params }: HttpContext) {
    const customer = auth.user!
    const order = await customer.findOrder(params.id)
    await order.withdraw(customer).catch((error) => {
      if (!(error instanceof TransitionRefused)) throw error
      throw new OrderRefused('Order cannot be cancelled at this stage', 400, error)
    })
    return transformOrder(order, customer.username)
  }
}
