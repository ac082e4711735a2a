import { logOut } from '#sessions/log_out'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Authenticates without requiring login. A blocked user counts as a guest. */
export default class SilentAuthMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    await ctx.auth.check()
    if (ctx.auth.user?.blockedAt) await logOut(ctx)
    return next()
  }
}
