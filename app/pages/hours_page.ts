import type { Opening } from '#hours/opening'
import type { WeeklySlot } from '#hours/slots'
import { clockText } from '#numbers/clock_time'
import { MOST_HOLIDAYS, MOST_SLOTS, SPANS, WEEKDAYS } from '#validators/hours'

/** Empty fields for what is added. */
const MORE = 3

/** The texts of the form, as they are stored. */
export function hoursTexts(opening: Opening | null, slots: WeeklySlot[]) {
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
  for (const [index, { weekday, from, to, capacity, cutoffMinutes }] of slots.entries()) {
    const slot = `slot_${index}`
    texts[`${slot}_day`] = String(weekday)
    texts[`${slot}_from`] = clockText(from)
    texts[`${slot}_to`] = clockText(to)
    texts[`${slot}_capacity`] = String(capacity)
    texts[`${slot}_cutoff`] = String(cutoffMinutes)
  }
  return texts
}

/** The fields for holidays: those that are stored or typed, and some more. */
export function holidayFields(texts: Record<string, unknown>) {
  return numbered(texts, 'holiday', /^holiday_\d+$/, MOST_HOLIDAYS)
}

/** The same for slots. */
export function slotFields(texts: Record<string, unknown>) {
  return numbered(texts, 'slot', /^slot_\d+_from$/, MOST_SLOTS)
}

function numbered(texts: Record<string, unknown>, what: string, pattern: RegExp, most: number) {
  const used = Object.keys(texts).filter((name) => pattern.test(name) && texts[name])
  const last = Math.max(-1, ...used.map((name) => Number(name.split('_')[1])))
  const count = Math.min(most, last + 1 + MORE)
  return Array.from({ length: count }, (_, index) => `${what}_${index}`)
}
