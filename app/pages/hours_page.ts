import type { Opening } from '#hours/opening'
import { clockText } from '#numbers/clock_time'
import { MOST_HOLIDAYS, SPANS, WEEKDAYS } from '#validators/hours'

/** Empty fields for holidays that are added. */
const MORE = 3

/** The texts of the form, as they are stored. */
export function hoursTexts(opening: Opening | null) {
  const texts: Record<string, string> = { last_order: String(opening?.lastOrderMinutes ?? 0) }
  for (const weekday of WEEKDAYS) {
    const ofDay = (opening?.spans ?? []).filter(([day]) => day === weekday)
    for (const [index, span] of SPANS.entries()) {
      const [, from, to] = ofDay[index] ?? []
      texts[`from_${weekday}${span}`] = from === undefined ? '' : clockText(from)
      texts[`to_${weekday}${span}`] = to === undefined ? '' : clockText(to)
    }
  }
  for (const [index, day] of (opening?.holidays ?? []).entries()) texts[`holiday_${index}`] = day
  return texts
}

/** The fields for holidays: those that are stored or typed, and some more. */
export function holidayFields(texts: Record<string, unknown>) {
  const used = Object.keys(texts).filter((name) => /^holiday_\d+$/.test(name) && texts[name])
  const most = Math.max(-1, ...used.map((name) => Number(name.split('_')[1])))
  const count = Math.min(MOST_HOLIDAYS, most + 1 + MORE)
  return Array.from({ length: count }, (_, index) => `holiday_${index}`)
}
