import type { HttpContext } from '@adonisjs/core/http'
import { chooseLocale, type Locale } from '#locale/chosen_locale'

/** The button in the header is one of the page's form, so that nothing typed is lost. */
export const LOCALE_FIELD = '_locale'

/** For this answer too. */
export async function switchLanguage(ctx: HttpContext, locale: Locale) {
  await ctx.auth.user?.merge({ locale }).save()
  chooseLocale(ctx, locale)
  ctx.i18n.switchLocale(locale)
}
