import { inject } from '@adonisjs/core'
import { amendThroughApi } from '#api/amend_order'
import { answer, answerChanged, answerPage, checkIfMatch } from '#api/answer'
import { idempotent } from '#api/idempotent'
import { placeOrder } from '#api/place_order'
import Order from '#models/order'
import Shop from '#models/shop'
import User from '#models/user'
import { Checkout } from '#orders/checkout'
import { transformOrder, transformOrderDetail } from '#transformers/order_transformer'
import { amendmentValidator, orderPageValidator, orderValidator } from '#validators/api'
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
    const page = await ctx.own.read((client) => Order.pageOf(user, cursor, { size: limit, client }))
    return answerPage(ctx, page, (order) => transformOrder(order, user.username))
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const customer = auth.user!
    const wanted = await request.validateUsing(orderValidator, { data: request.body() })
    const { id } = await idempotent(ctx, wanted, async (client) => {
      const shop = await Shop.findOrFail(wanted.shop_id, { client })
      const order = await placeOrder(this.checkout, customer, shop, wanted, client)
      return { id: order.id }
    })
    const order = await customer.findOrder(id)
    await order.load('items')
    response.created(transformOrderDetail(order, customer.username))
  }

  /** The customer changes the order, until the shop accepts it. */
  async update(ctx: HttpContext) {
    const { auth, params, request } = ctx
    const customer = auth.user!
    const order = await customer.findOrder(params.id)
    await order.load('items')
    const wanted = await request.validateUsing(amendmentValidator, { data: request.body() })
    await idempotent(ctx, wanted, async (client) => {
      checkIfMatch(ctx, transformOrderDetail(order, customer.username))
      await amendThroughApi(ctx, order, wanted, client)
      return {}
    })
    await order.refresh()
    await order.load('items')
    return answerChanged(ctx, transformOrderDetail(order, customer.username))
  }

  async show(ctx: HttpContext) {
    const { auth, own, params } = ctx
    const user = auth.user!
    const { order, username } = await own.read(async (client) => {
      const found = await user.findVisibleOrder(params.id, client)
      await found.load('items')
      const isOwn = found.customerId === user.id
      const customer = isOwn ? user : await User.findOrFail(found.customerId, { client })
      return { order: found, username: customer.username }
    })
    return answer(ctx, transformOrderDetail(order, username))
  }
}
