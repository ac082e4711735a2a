import { pageAt } from '#markup/page_at'
import { switchLanguage } from '#locale/switch_language'
import { languageValidator } from '#validators/language'
import type { HttpContext } from '@adonisjs/core/http'

export default class LanguagesController {
  async update(ctx: HttpContext) {
    const { locale, back } = await ctx.request.validateUsing(languageValidator)
    await switchLanguage(ctx, locale)
    ctx.response
      .redirect()
      .status(303)
      .toPath(pageAt(back) ?? '/')
  }
}
