import type { I18n } from '@adonisjs/i18n'
import { nameIn } from '#locale/name_in'
import { Presenter } from '#locale/presenter'

/** What templates need to speak the reader's language. */
export function wordsOf(i18n: I18n) {
  const { locale } = i18n
  const { money, number, dateTime } = new Presenter(locale)
  const nameOf = nameIn.bind(null, locale)
  return { locale, t: i18n.t.bind(i18n), money, number, dateTime, nameOf }
}
