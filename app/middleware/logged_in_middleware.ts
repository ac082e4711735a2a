import { leadToLogin } from '#responses/lead_to_login'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Leads guests to the login. */
export default class LoggedInMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    return ctx.auth.user ? next() : leadToLogin(ctx)
  }
}
