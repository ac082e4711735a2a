import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import { reviewCart } from '#pages/cart_review'
import { seenValidator } from '#validators/cart_item'
import type { HttpContext } from '@adonisjs/core/http'

export default class CartController {
  async show(ctx: HttpContext) {
    return ctx.page('pages/carts/show', 'partials/carts/contents', { ...(await reviewCart(ctx)) })
  }

  async destroy(ctx: HttpContext) {
    const { seen } = await ctx.request.validateUsing(seenValidator)
    const refused = await ctx.cart.clear(seen)
    if (refused) return refuseOldCart(ctx, refused)
    return answerWithCart(ctx, ctx.i18n.t('status.cart_cleared'))
  }
}
