import type { I18n } from '@adonisjs/i18n'
import { deliveryNote, deliversTo } from '#locale/delivery_words'
import { countryChoices, countryName } from '#locale/countries'
import { bdi, joined } from '#locale/isolated'
import { nameIn } from '#locale/name_in'
import { momentWords, openWords, slotWords } from '#locale/open_words'
import { Presenter } from '#locale/presenter'
import { AmountText } from '#measures/amount_text'
import type { Goods } from '#measures/goods'
import { unitText } from '#measures/unit_text'

/** What templates need to speak the reader's language. A parameter of `t` can be a `bdi`. */
export function wordsOf(i18n: I18n) {
  const { locale } = i18n
  const presenter = new Presenter(locale)
  const { money, number, date, dateTime, dayAndMonth, time, weekday, shortWeekday, duration } =
    presenter
  const nameOf = nameIn.bind(null, locale)
  const country = countryName.bind(null, locale)
  const countries = countryChoices.bind(null, locale)
  const t = (...message: Parameters<I18n['t']>) => joined(i18n.t(...message))
  const { amount, portion, stockWords } = new AmountText((...message) => i18n.t(...message), number)
  /** `per kg` of goods that are sold loose. */
  const per = ({ measure }: Pick<Goods, 'measure'>) => {
    return i18n.t(`measures.per.${measure === 'pieces' ? 'dozen' : measure}`)
  }
  const unitIn = (unit: string) => unitText(unit, locale, (...message) => i18n.t(...message))
  const deliveryWords = deliversTo.bind(null, i18n, number)
  const note = deliveryNote.bind(null, i18n, money)
  const names = { nameOf, country, countries, deliveryWords, deliveryNote: note }
  const amounts = { amount, portion, stockWords, per, unitText: unitIn }
  const open = openWords.bind(null, i18n, presenter)
  const slot = slotWords.bind(null, i18n, presenter)
  const moment = momentWords.bind(null, i18n, presenter)
  const words = { openWords: open, slotWords: slot, momentWords: moment }
  const dates = { date, dateTime, dayAndMonth, time, weekday, shortWeekday, duration, ...words }
  return { locale, t, bdi, money, number, ...dates, ...amounts, ...names }
}
