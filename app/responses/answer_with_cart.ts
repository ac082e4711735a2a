import { reviewCart } from '#pages/cart_review'
import type { Flash } from '#markup/personal'
import type { HttpContext } from '@adonisjs/core/http'

/** The updated cart under htmx, otherwise a redirect to the cart page; at the line of the product `at`. */
export async function answerWithCart(
  ctx: HttpContext,
  status: string,
  kind: Flash['kind'] = 'success',
  at: string | null = null
) {
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response
      .redirect()
      .status(303)
      .toPath(at ? `/cart#line-${at}` : '/cart')
  }
  const review = await reviewCart(ctx)
  return ctx.view.render('partials/carts/contents', { ...review, at, status, kind, fragment: true })
}

/** An old page would undo what happened to the cart since: nothing is changed, and the cart is shown as it is. */
export function refuseOldCart(ctx: HttpContext, refused: string) {
  if (ctx.isFragment) ctx.response.status(409)
  return answerWithCart(ctx, ctx.i18n.t(refused), 'error')
}
