import type { HttpContext } from '@adonisjs/core/http'
import { urlFor } from '@adonisjs/core/services/url_builder'
import { board } from '#orders/board'
import type Order from '#models/order'
import { wasRefused } from '#orders/was_refused'

/**
 * Changes an order and answers with the owner's board under htmx, otherwise with the page that one was on,
 * or `otherwise` when the browser does not say which.
 */
export async function answerWithBoard(
  ctx: HttpContext,
  message: string,
  change: () => Promise<unknown>,
  otherwise = urlFor('owner.orders.index')
) {
  const refused = await wasRefused(change)
  const status = ctx.i18n.t(refused ? 'orders.too_late' : message)
  const kind = refused ? 'error' : 'success'
  if (!ctx.isFragment) {
    ctx.flash(status, kind)
    return ctx.response.redirect().status(303).back(otherwise)
  }
  if (refused) ctx.response.status(409)
  const state = await board(ctx.auth.user!)
  return ctx.view.render('partials/owner/orders/board', { ...state, status, kind, fragment: true })
}

export function ownersPageOf({ id }: Order) {
  return urlFor('owner.orders.show', [id])
}
