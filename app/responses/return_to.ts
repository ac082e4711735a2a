import type { HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'
import { lenient } from '#validators/lenient'
import { returnToValidator } from '#validators/path'

/** The intended page before the login redirect. */
export async function returnToOf({ request }: HttpContext) {
  const { return_to: returnTo } = await lenient(returnToValidator, request.all())
  return returnTo ?? null
}

/** Redirects to the intended page, otherwise to the user's start page. */
export async function goOn(ctx: HttpContext, user: User) {
  const returnTo = await returnToOf(ctx)
  const redirect = ctx.response.redirect().status(303)
  if (returnTo) redirect.toPath(returnTo)
  else redirect.toRoute(user.homeRoute)
}
