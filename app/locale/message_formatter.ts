import { IntlMessageFormat } from 'intl-messageformat'
import type { TranslationsFormatterContract } from '@adonisjs/i18n/types'

/** Caches parsed ICU messages: the formatter of `@adonisjs/i18n` parses them on every use. */
export class MessageFormatter implements TranslationsFormatterContract {
  name = 'icu'
  #parsed = new Map<string, IntlMessageFormat>()

  format(message: string, locale: string, data: Record<string, any> = {}) {
    return this.#parse(message, locale).format(data) as string
  }

  #parse(message: string, locale: string) {
    const key = `${locale} ${message}`
    let parsed = this.#parsed.get(key)
    if (!parsed) {
      parsed = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
      this.#parsed.set(key, parsed)
    }
    return parsed
  }
}
