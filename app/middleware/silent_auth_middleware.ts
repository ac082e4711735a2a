import { logOut } from '#sessions/log_out'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Knows who is logged in, and lets guests pass. Who is blocked is a guest. */
export default class SilentAuthMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    await ctx.auth.check()
    if (ctx.auth.user?.blockedAt) await logOut(ctx)
    return next()
  }
}
