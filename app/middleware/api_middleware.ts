import { operationOf } from '#api/operations'
import { NotAcceptable } from '#exceptions/not_acceptable'
import { UnsupportedMediaType } from '#exceptions/unsupported_media_type'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Content negotiation and headers common to all API responses. */
export default class ApiMiddleware {
  handle({ request, response, route }: HttpContext, next: NextFn) {
    response.vary('Origin')
    response.header('X-Content-Type-Options', 'nosniff')
    response.header('Cache-Control', 'private, no-cache')
    if (request.header('accept') && !request.accepts(['application/json']))
      throw new NotAcceptable()
    request.updateQs(withoutEmpty(request.qs()))
    const { body } = operationOf(route?.name) ?? {}
    const sent = request.hasBody() && request.header('content-length') !== '0'
    if (body && sent && !request.is(body.types)) {
      throw new UnsupportedMediaType(`Send ${body.types.join(' or ')}`)
    }
    return next()
  }
}

/** `city=` counts as no city, as in bodies. */
function withoutEmpty(query: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}
