import { switchIfAsked } from '#locale/switch_if_asked'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** A form that was sent by the language switch does nothing: it is shown again in the other language. */
export default class SwitchLanguageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (ctx.request.hasBody()) await switchIfAsked(ctx)
    return next()
  }
}
