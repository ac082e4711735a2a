import { errors, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** The owners' side, for those who are logged in: for customers it does not exist. */
export default class OwnerMiddleware {
  async handle({ auth, request }: HttpContext, next: NextFn) {
    if (!auth.user!.isShopowner) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    return next()
  }
}
