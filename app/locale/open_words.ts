import type { I18n } from '@adonisjs/i18n'
import { dateOf, dayAt, dayOf } from '#hours/india'
import type { OpenState } from '#hours/opening'
import type { Presenter } from '#locale/presenter'

/** `Open until 9:00 pm`, `Closed · opens tomorrow, 7:00 am` and so on. */
export function openWords(i18n: I18n, present: Presenter, state: OpenState) {
  const when = (at: string) => whenWords(i18n, present, at, state.today)
  const { kind, until, ordersUntil, opensAt } = state
  if (kind === 'open') {
    if (until === null || ordersUntil === null) return i18n.t('hours.open')
    if (ordersUntil === until) return i18n.t('hours.open_until', { time: when(until) })
    return i18n.t('hours.orders_until', { time: when(until), last: when(ordersUntil) })
  }
  const closed = i18n.t(`hours.${kind}`)
  if (opensAt === null) return closed
  return i18n.t('hours.opens', { closed, time: when(opensAt) })
}

/** `Sat, 28 Nov, 5:00 pm to 7:00 pm` */
export function slotWords(
  i18n: I18n,
  present: Presenter,
  { from, to }: { from: Date; to: Date },
  now = new Date()
) {
  const day = dayAt(from.getTime())
  const name =
    day === dayAt(now.getTime()) ? i18n.t('hours.today') : present.dayAndMonth(dateOf(day))
  return i18n.t('hours.slot_words', { day: name, from: present.time(from), to: present.time(to) })
}

/** `4:33 pm`, with the day unless it is today. */
export function momentWords(i18n: I18n, present: Presenter, at: Date, now: Date) {
  return whenWords(i18n, present, at.toISOString(), dateOf(dayAt(now.getTime())))
}

/** The time, with the day unless it is `today`, as `2026-11-28`. */
function whenWords(i18n: I18n, present: Presenter, at: string, today: string) {
  const date = new Date(at)
  const time = present.time(date)
  const day = dayAt(date.getTime())
  const away = day - dayOf(today)
  if (away === 0) return time
  if (away === 1) return i18n.t('hours.tomorrow', { time })
  const named = away < 7 ? present.weekday(dateOf(day)) : present.date(dateOf(day))
  return i18n.t('hours.on_day', { day: named, time })
}
