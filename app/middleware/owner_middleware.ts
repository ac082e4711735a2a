import { urlFor } from '@adonisjs/core/services/url_builder'
import { errors, type HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** The owners' side: guests are asked to log in; for customers it does not exist. */
export default class OwnerMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, request, response } = ctx
    if (!auth.user && ctx.isFragment) {
      return response.header('HX-Redirect', urlFor('sessions.create')).noContent()
    }
    if (!auth.user) return response.redirect().status(303).toRoute('sessions.create')
    if (!auth.user.isShopowner) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    return next()
  }
}
