import { inject } from '@adonisjs/core'
import { answer, answerPage } from '#api/answer'
import { placeOrder } from '#api/place_order'
import { OrderRefused } from '#exceptions/order_refused'
import Order from '#models/order'
import Shop from '#models/shop'
import User from '#models/user'
import { Checkout } from '#orders/checkout'
import { transformOrder, transformOrderDetail } from '#transformers/order_transformer'
import { isIdempotencyKey, orderPageValidator, orderValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

const PAGE_SIZE = 20

@inject()
export default class OrdersController {
  constructor(private checkout: Checkout) {}

  async index(ctx: HttpContext) {
    const { auth, request } = ctx
    const user = auth.user!
    const data = request.qs()
    const { cursor = null, limit = PAGE_SIZE } = await request.validateUsing(orderPageValidator, {
      data,
    })
    const page = await Order.pageOf(user, cursor, limit)
    return answerPage(ctx, page, (order) => transformOrder(order, user.username))
  }

  async store({ auth, request, response }: HttpContext) {
    const customer = auth.user!
    // An empty header is sent too, and `request.header` would not tell it from none.
    const key = request.headers()['idempotency-key'] as string | undefined
    if (key !== undefined && !isIdempotencyKey(key)) {
      throw new OrderRefused('An Idempotency-Key has 1 to 200 visible characters', 400)
    }
    const wanted = await request.validateUsing(orderValidator, { data: request.body() })
    const shop = await Shop.findOrFail(wanted.shop_id)
    const order = await placeOrder(this.checkout, customer, shop, wanted, key)
    response.created(transformOrderDetail(order, customer.username))
  }

  async show(ctx: HttpContext) {
    const { auth, params } = ctx
    const user = auth.user!
    const order = await user.findVisibleOrder(params.id)
    await order.load('items')
    const { username } =
      order.customerId === user.id ? user : await User.findOrFail(order.customerId)
    return answer(ctx, transformOrderDetail(order, username))
  }
}
