import type { HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'
import { lenient } from '#validators/lenient'
import { returnToValidator } from '#validators/path'

/** The page of this site that somebody wanted before they were asked to log in. */
export async function returnToOf({ request }: HttpContext) {
  const { return_to: returnTo } = await lenient(returnToValidator, request.all())
  return returnTo ?? null
}

/** To where one wanted to go before logging in, otherwise to where such people begin. */
export async function goOn(ctx: HttpContext, user: User) {
  const returnTo = await returnToOf(ctx)
  const redirect = ctx.response.redirect().status(303)
  if (returnTo) redirect.toPath(returnTo)
  else redirect.toRoute(user.homeRoute)
}
