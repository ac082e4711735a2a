import { urlFor } from '@adonisjs/core/services/url_builder'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Redirects guests to the login, and back to the intended page afterwards. */
export default class LoggedInMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, request, response } = ctx
    if (auth.user) return next()
    const wanted = request.method() === 'GET' ? { return_to: request.url(true) } : {}
    const login = urlFor('sessions.create', {}, { qs: wanted })
    if (ctx.isFragment) return response.header('HX-Redirect', login).noContent()
    return response.redirect().status(303).toPath(login)
  }
}
