import { IntlMessageFormat } from 'intl-messageformat'
import type { TranslationsFormatterContract } from '@adonisjs/i18n/types'
import { isolated } from '#locale/isolated'

/**
 * Caches parsed ICU messages: the formatter of `@adonisjs/i18n` parses them on every use. Parameters are isolated,
 * for every message: on pages, in titles, in answers and in what is shared.
 */
export class MessageFormatter implements TranslationsFormatterContract {
  name = 'icu'
  #parsed = new Map<string, IntlMessageFormat>()

  format(message: string, locale: string, data: Record<string, any> = {}) {
    const values = Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, isolated(value)])
    )
    return this.#parse(message, locale).format(values) as string
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
