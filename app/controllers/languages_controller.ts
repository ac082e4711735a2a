import { LOCALE_COOKIE } from '#middleware/detect_locale_middleware'
import { languageValidator } from '#validators/language'
import type { HttpContext } from '@adonisjs/core/http'

export default class LanguagesController {
  async update({ request, response }: HttpContext) {
    const { locale, back } = await request.validateUsing(languageValidator)
    response.plainCookie(LOCALE_COOKIE, locale, { maxAge: '365d', encode: false })
    response.redirect().status(303).toPath(back)
  }
}
