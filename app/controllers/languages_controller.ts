import { chooseLocale } from '#services/chosen_locale'
import { languageValidator } from '#validators/language'
import type { HttpContext } from '@adonisjs/core/http'

export default class LanguagesController {
  async update(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const { locale, back } = await request.validateUsing(languageValidator)
    await auth.user?.merge({ locale }).save()
    chooseLocale(ctx, locale)
    response.redirect().status(303).toPath(back)
  }
}
