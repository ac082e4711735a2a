import { switchLanguage } from '#locale/switch_language'
import { switchValidator } from '#validators/language'
import { lenient } from '#validators/lenient'
import type { HttpContext } from '@adonisjs/core/http'

/** When the language switch sent this form. An upload is not read before its controller does it. */
export async function switchIfAsked(ctx: HttpContext) {
  const { _locale: locale } = await lenient(switchValidator, ctx.request.body())
  if (!locale) return
  await switchLanguage(ctx, locale)
  ctx.isSwitched = true
}
