import { isApi } from '#api/is_api'
import { FORMS } from '#middleware/trim_fields_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const METHODS = ['PUT', 'DELETE']

/**
 * A form can only POST, and says in its address which method is meant. Nothing else can: a program has all methods,
 * and the framework would take any word from a body as well, `GET` for instance after the route was found.
 */
export default class FormMethodMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { request } = ctx
    const { _method: meant } = request.qs()
    const mayChoose = request.method() === 'POST' && !isApi(ctx) && request.is(FORMS)
    if (mayChoose && METHODS.includes(meant)) request.request.method = meant
    return next()
  }
}
