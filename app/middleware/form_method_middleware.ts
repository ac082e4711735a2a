import { isApi } from '#api/is_api'
import { FORMS } from '#middleware/trim_fields_middleware'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const METHODS = ['PUT', 'DELETE']

/**
 * Method override for forms, from the URL only. The framework would also accept any method from a body, such as
 * `GET` after routing.
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
