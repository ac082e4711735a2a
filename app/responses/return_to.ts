import type { HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'
import { countWaiting } from '#orders/waiting_orders'
import { lenient } from '#validators/lenient'
import { returnToValidator } from '#validators/path'

/** The intended page before the login redirect. */
export async function returnToOf({ request }: HttpContext) {
  const { return_to: returnTo } = await lenient(returnToValidator, request.all())
  return returnTo ?? null
}

/** Redirects to the intended page, otherwise an owner whose orders wait to the board, others to their start page. */
export async function goOn(ctx: HttpContext, user: User) {
  const returnTo = await returnToOf(ctx)
  const redirect = ctx.response.redirect().status(303)
  if (returnTo) return redirect.toPath(returnTo)
  const isAwaited = user.isShopowner && (await countWaiting(user.id)) > 0
  redirect.toRoute(isAwaited ? 'owner.orders.index' : user.homeRoute)
}
