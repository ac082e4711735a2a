import { inject } from '@adonisjs/core'
import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import { reviewCart } from '#pages/cart_review'
import { Replication } from '#replication/replication'
import { seenCartValidator } from '#validators/cart_item'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class CartController {
  constructor(private replication: Replication) {}

  async show(ctx: HttpContext) {
    const review = await reviewCart(ctx.cart, this.replication, ctx.clock)
    return ctx.page('pages/carts/show', 'partials/carts/contents', { ...review })
  }

  async destroy(ctx: HttpContext) {
    const { seen = ctx.cart.count } = await ctx.request.validateUsing(seenCartValidator)
    if (seen !== ctx.cart.count) return refuseOldCart(ctx)
    ctx.cart.clear()
    return answerWithCart(ctx, 'status.cart_cleared')
  }
}
