import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import { reviewCart } from '#pages/cart_review'
import { seenCartValidator } from '#validators/cart_item'
import type { HttpContext } from '@adonisjs/core/http'

export default class CartController {
  async show(ctx: HttpContext) {
    return ctx.page('pages/carts/show', 'partials/carts/contents', { ...(await reviewCart(ctx)) })
  }

  async destroy(ctx: HttpContext) {
    const { seen = ctx.cart.count } = await ctx.request.validateUsing(seenCartValidator)
    if (seen !== ctx.cart.count) return refuseOldCart(ctx)
    await ctx.cart.clear()
    return answerWithCart(ctx, 'status.cart_cleared')
  }
}
