import i18nManager from '@adonisjs/i18n/services/main'
import { HttpContext, RequestValidator } from '@adonisjs/core/http'
import { isApi } from '#api/is_api'
import { chosenLocale } from '#locale/chosen_locale'
import { nameIn } from '#locale/name_in'
import { Presenter } from '#locale/presenter'
import type { I18n } from '@adonisjs/i18n'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
  }
}

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
    if (isApi(ctx)) return next()
    const { i18n } = ctx
    const { locale } = i18n
    const { money, number, dateTime } = new Presenter(locale)
    const path = ctx.request.url(true)
    const t = i18n.t.bind(i18n)
    const nameOf = nameIn.bind(null, locale)
    ctx.view.share({ t, locale, path, money, number, dateTime, nameOf, errors: {}, values: {} })
    return next()
  }
}

function localeOf(ctx: HttpContext) {
  const chosen = chosenLocale(ctx)
  const wanted = chosen ? [chosen] : ctx.request.languages()
  return i18nManager.getSupportedLocaleFor(wanted) ?? i18nManager.defaultLocale
}
