import i18nManager from '@adonisjs/i18n/services/main'
import { RequestValidator, type HttpContext } from '@adonisjs/core/http'
import { isApi } from '#api/is_api'
import { Presenter } from '#services/presenter'
import type { I18n } from '@adonisjs/i18n'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
  }
}

export const LOCALE_COOKIE = 'locale'

/** The language that the person chose, otherwise the one that the browser asks for. */
export default class DetectLocaleMiddleware {
  static {
    RequestValidator.messagesProvider = (ctx) => ctx.i18n.createMessagesProvider()
  }

  handle(ctx: HttpContext, next: NextFn) {
    ctx.response.vary('Accept-Language')
    if (isApi(ctx)) {
      Object.defineProperty(ctx, 'i18n', { get: () => i18nManager.locale(localeOf(ctx)) })
      return next()
    }
    const locale = localeOf(ctx)
    ctx.i18n = i18nManager.locale(locale)
    const { money, number, dateTime } = new Presenter(locale)
    const path = ctx.request.url(true)
    const t = ctx.i18n.t.bind(ctx.i18n)
    ctx.view.share({ t, locale, path, money, number, dateTime, errors: {}, values: {} })
    return next()
  }
}

function localeOf({ request }: HttpContext) {
  const chosen = request.plainCookie(LOCALE_COOKIE, { encoded: false })
  const wanted = chosen ? [String(chosen)] : request.languages()
  return i18nManager.getSupportedLocaleFor(wanted) ?? i18nManager.defaultLocale
}
