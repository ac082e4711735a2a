import { switchLanguage } from '#locale/switch_language'
import { switchValidator } from '#validators/language'
import { lenient } from '#validators/lenient'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** A form that was sent by the language switch does nothing: it is shown again in the other language. */
export default class SwitchLanguageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (!ctx.request.hasBody()) return next()
    const { _locale: locale } = await lenient(switchValidator, ctx.request.body())
    if (locale) {
      await switchLanguage(ctx, locale)
      ctx.isSwitched = true
    }
    return next()
  }
}
