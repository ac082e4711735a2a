import { answerWithCart } from '#responses/answer_with_cart'
import { reviewCart } from '#pages/cart_review'
import type { HttpContext } from '@adonisjs/core/http'

export default class CartController {
  async show(ctx: HttpContext) {
    return ctx.page('pages/carts/show', 'partials/carts/contents', { ...(await reviewCart(ctx)) })
  }

  async destroy(ctx: HttpContext) {
    await ctx.cart.clear()
    return answerWithCart(ctx, 'status.cart_cleared')
  }
}
