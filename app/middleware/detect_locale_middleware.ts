import i18nManager from '@adonisjs/i18n/services/main'
import { HttpContext, RequestValidator } from '@adonisjs/core/http'
import { chosenLocale } from '#locale/chosen_locale'
import type { NextFn } from '@adonisjs/core/types/http'

/** Sent with requests for a part of a page. */
const PAGE_LANGUAGE = 'Page-Language'

/** The user's chosen language, otherwise the browser's. */
export default class DetectLocaleMiddleware {
  /** Lazy: most API responses need no translation. */
  static {
    HttpContext.getter(
      'i18n',
      function (this: HttpContext) {
        return i18nManager.locale(localeOf(this))
      },
      true
    )
    RequestValidator.messagesProvider = (ctx) => ({
      getMessage: (...words) => ctx.i18n.createMessagesProvider().getMessage(...words),
    })
  }

  handle(ctx: HttpContext, next: NextFn) {
    ctx.response.vary('Accept-Language')
    return next()
  }
}

function localeOf(ctx: HttpContext) {
  const chosen = ctx.request.header(PAGE_LANGUAGE) ?? chosenLocale(ctx)
  const wanted = chosen ? [chosen] : ctx.request.languages()
  return i18nManager.getSupportedLocaleFor(wanted) ?? i18nManager.defaultLocale
}
