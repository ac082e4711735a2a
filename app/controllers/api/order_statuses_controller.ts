import User from '#models/user'
import type Order from '#models/order'
import type { OwnerVerb } from '#orders/order_state'
import { transformOrder, type Status } from '#transformers/order_transformer'
import { orderStatusValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

const VERBS: Record<Exclude<Status, 'created' | 'cancelled'>, OwnerVerb> = {
  confirmed: 'accept',
  packed: 'pack',
  shipped: 'send',
  delivered: 'deliver',
}

export default class OrderStatusesController {
  async update({ auth, params, request }: HttpContext) {
    const owner = auth.user!
    const order = await owner.findReceivedOrder(params.id)
    const data = request.body()
    const { status, reason = 'Cancelled by the shop' } = await request.validateUsing(
      orderStatusValidator,
      { data }
    )
    await (status === 'cancelled'
      ? order.move(cancellationOf(order), owner, reason)
      : order.move(VERBS[status], owner))
    const { username } = await User.findOrFail(order.customerId)
    return transformOrder(order, username)
  }
}

/** What nobody has accepted is declined. */
function cancellationOf({ state }: Order): OwnerVerb {
  return state === 'placed' ? 'decline' : 'cancel'
}
