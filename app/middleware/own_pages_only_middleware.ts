import { isApiAddress } from '#api/is_api'
import { ForeignRequest } from '#exceptions/foreign_request'
import { changesSomething, originOfRequest } from '#forgery/origin_of_request'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const REPEATABLE = 'application/x-www-form-urlencoded'

/**
 * Request forgery protection by headers, before the body is read. API requests are exempt: they carry a token and
 * ignore cookies.
 */
export default class OwnPagesOnlyMiddleware {
  handle({ request, route }: HttpContext, next: NextFn) {
    if (!changesSomething(request) || isApiAddress(route!.pattern)) return next()
    const origin = originOfRequest(request)
    if (origin === 'foreign') throw new ForeignRequest()
    if (origin === 'unsaid' && !isRepeatable(request)) throw new ForeignRequest('unsaid')
    return next()
  }
}

/** Whether a page can show the request again for confirmation. */
function isRepeatable(request: HttpContext['request']) {
  const isForm = !request.header('content-type') || request.is([REPEATABLE])
  const isPost = request.method() === 'POST' || '_method' in request.qs()
  return isPost && isForm
}
