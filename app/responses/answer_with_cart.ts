import { reviewCart } from '#pages/cart_review'
import type { HttpContext } from '@adonisjs/core/http'

/** The updated cart under htmx, otherwise a redirect to the cart page. */
export async function answerWithCart(ctx: HttpContext, message: string) {
  const status = ctx.i18n.t(message)
  if (!ctx.isFragment) {
    ctx.flash(status)
    return ctx.response.redirect().status(303).toRoute('cart.show')
  }
  const review = await reviewCart(ctx)
  return ctx.view.render('partials/carts/contents', { ...review, status, fragment: true })
}
