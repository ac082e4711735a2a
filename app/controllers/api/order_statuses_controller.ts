import { checkIfMatch } from '#api/answer'
import User from '#models/user'
import type Order from '#models/order'
import type { OwnerVerb } from '#models/order_state'
import { transformOrder, transformOrderDetail, type Status } from '#transformers/order_transformer'
import { orderStatusValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

const VERBS: Record<Exclude<Status, 'created' | 'cancelled'>, OwnerVerb> = {
  confirmed: 'accept',
  packed: 'pack',
  shipped: 'send',
  delivered: 'deliver',
}

export default class OrderStatusesController {
  async update(ctx: HttpContext) {
    const { auth, params, request } = ctx
    const owner = auth.user!
    const order = await owner.findReceivedOrder(params.id)
    const data = request.body()
    const { status, reason = 'Cancelled by the shop' } = await request.validateUsing(
      orderStatusValidator,
      { data }
    )
    const { username } = await User.findOrFail(order.customerId)
    const check = async (locked: Order) => {
      await locked.load('items')
      checkIfMatch(ctx, transformOrderDetail(locked, username))
    }
    await (status === 'cancelled'
      ? order.move(cancellationOf(order), owner, reason, { check })
      : order.move(VERBS[status], owner, null, { check }))
    return transformOrder(order, username)
  }
}

/** Cancelling an order that was never accepted declines it. */
function cancellationOf({ state }: Order): OwnerVerb {
  return state === 'placed' ? 'decline' : 'cancel'
}
