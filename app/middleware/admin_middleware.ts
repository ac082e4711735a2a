import { WrongRole } from '#exceptions/wrong_role'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Requires a token from `node ace tokens:issue --admin`; the API never issues these. */
export default class AdminMiddleware {
  handle({ auth }: HttpContext, next: NextFn) {
    if (auth.use('api').user!.currentAccessToken.denies('admin')) {
      throw new WrongRole('Only admins can do this')
    }
    return next()
  }
}
