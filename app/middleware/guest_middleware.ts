import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** For pages that only make sense before login. */
export default class GuestMiddleware {
  async handle({ auth, response }: HttpContext, next: NextFn) {
    if (!auth.user) return next()
    response.redirect().status(303).toRoute(auth.user.homeRoute)
  }
}
