import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Knows who is logged in, and lets guests pass. Who is blocked is a guest. */
export default class SilentAuthMiddleware {
  async handle({ auth }: HttpContext, next: NextFn) {
    await auth.check()
    if (auth.user?.blockedAt) await auth.use('web').logout()
    return next()
  }
}
