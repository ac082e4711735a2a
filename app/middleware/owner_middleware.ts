import { errors, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Owner pages; for customers they do not exist (404). */
export default class OwnerMiddleware {
  async handle({ auth, request }: HttpContext, next: NextFn) {
    if (!auth.user!.isShopowner) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    return next()
  }
}
