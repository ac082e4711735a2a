import { SHOWN_AGAIN } from '#locale/shown_again'
import { switchIfAsked } from '#forms/switch_if_asked'
import { pageBefore } from '#markup/page_at'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * A form that was sent by the language switch does nothing: it is shown again in the other language, and a form without
 * anything to type leads back to its page.
 */
export default class SwitchLanguageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (ctx.request.hasBody()) await switchIfAsked(ctx)
    if (!ctx.isSwitched || SHOWN_AGAIN.includes(ctx.route!.name!)) return next()
    const page = pageBefore(ctx) ?? '/'
    return ctx.response.redirect().status(303).toPath(page)
  }
}
