import { isApiAddress } from '#api/is_api'
import { confirmationFor, CONFIRMED_FIELD, isConfirmed } from '#forgery/confirmation'
import { changesSomething, originOfRequest } from '#forgery/origin_of_request'
import { fieldsToRepeat, isSecret } from '#forms/fields_to_repeat'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const OURS = [CONFIRMED_FIELD, '_method']

/** A post whose origin the browser does not state is shown to the user for confirmation. */
export default class ConfirmedMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, route } = ctx
    if (!changesSomething(request) || isApiAddress(route!.pattern)) return next()
    if (originOfRequest(request) === 'ours' || isConfirmed(ctx)) return next()
    return this.#ask(ctx)
  }

  async #ask(ctx: HttpContext) {
    const { request, response, view } = ctx
    const fields = fieldsToRepeat(request.body()).filter(({ name }) => !OURS.includes(name))
    response.status(403)
    response.header('Cache-Control', 'private, no-store')
    response.header('X-Frame-Options', 'DENY')
    const page = await view.render('pages/errors/confirm', {
      again: request.url(true),
      fields: fields.filter(({ name }) => !isSecret(name)),
      secrets: fields.filter(({ name }) => isSecret(name)).map(({ name }) => name),
      confirmation: { name: CONFIRMED_FIELD, value: confirmationFor(ctx) },
    })
    return response.send(page)
  }
}
