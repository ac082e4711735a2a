import type { HttpContext } from '@adonisjs/core/http'
import { urlFor } from '@adonisjs/core/services/url_builder'
import { pageBefore } from '#markup/page_at'
import type Order from '#models/order'
import { boardFor } from '#responses/board_for'
import { changeOrder } from '#responses/change_order'

/**
 * Changes an order, then answers with the owner's board under htmx, or redirects to the board or the order,
 * depending on where the request came from.
 */
export async function answerWithBoard(
  ctx: HttpContext,
  order: Order,
  message: string,
  change: () => Promise<unknown>
) {
  const { refused, status, kind } = await changeOrder(ctx, message, change)
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response.redirect().status(303).toPath(wayBack(ctx, order))
  }
  if (refused) ctx.response.status(409)
  const state = await boardFor(ctx)
  return ctx.view.render('partials/owner/orders/board', { ...state, status, kind, fragment: true })
}

/** Only the board is returned to: the URL of a refused form cannot be visited. */
function wayBack(ctx: HttpContext, { id }: Order) {
  const from = pageBefore(ctx)
  const isBoard = from?.split('?')[0] === urlFor('owner.orders.index')
  return isBoard ? from! : urlFor('owner.orders.show', [id])
}
