import type { HttpContext } from '@adonisjs/core/http'

export const LOCALES = ['en', 'hi'] as const
export type Locale = (typeof LOCALES)[number]

const COOKIE = 'locale'

/** The language chosen in this browser, from its cookie. */
export function chosenLocale({ request }: HttpContext): string | null {
  const chosen = request.plainCookie(COOKIE, { encoded: false })
  return chosen ? String(chosen) : null
}

export function chooseLocale({ response }: HttpContext, locale: Locale) {
  response.plainCookie(COOKIE, locale, { maxAge: '365d', encode: false })
}
