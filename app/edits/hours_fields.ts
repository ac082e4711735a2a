import type { Texts } from '#edits/edit'
import type { WeeklySpan } from '#hours/opening'
import { MINUTES_A_DAY } from '#hours/opening'
import type { WeeklySlot } from '#hours/slots'
import type { Hours } from '#models/shop_hours'
import { clockText, readClockTime } from '#numbers/clock_time'
import { SPANS, WEEKDAYS } from '#validators/hours'

/** As the form names them. */
type FormTexts = Texts<string>

const HOLIDAY = /^holiday (\S+)$/
const SLOT = /^slot (\d) (\S+) (\S+)$/

/**
 * Opening hours as fields that two tabs can compare: the times of the week by their name in the form, a holiday as
 * `holiday 2026-12-25`, a slot as `slot 1 17:00 19:00` with capacity and cutoff, because their numbers in the form
 * change when one is added.
 */
export function hoursFields({ spans, holidays, lastOrderMinutes, slots }: Hours): Texts<string> {
  const fields: Texts<string> = { last_order: String(lastOrderMinutes) }
  for (const weekday of WEEKDAYS) {
    const ofDay = spans.filter(([day]) => day === weekday)
    for (const [index, [, from, to]] of ofDay.entries()) {
      fields[`from_${weekday}${SPANS[index]}`] = clockText(from)
      fields[`to_${weekday}${SPANS[index]}`] = clockText(to)
    }
  }
  for (const day of holidays) fields[`holiday ${day}`] = day
  for (const { weekday, from, to, capacity, cutoffMinutes } of slots) {
    fields[`slot ${weekday} ${clockText(from)} ${clockText(to)}`] = `${capacity} ${cutoffMinutes}`
  }
  return fields
}

export function hoursOf(fields: Partial<Texts<string>>): Hours {
  const minute = (field: string) => readClockTime(fields[field] ?? '')
  const spans = WEEKDAYS.flatMap((weekday) =>
    SPANS.flatMap((span): WeeklySpan[] => {
      const [from, to] = [minute(`from_${weekday}${span}`), minute(`to_${weekday}${span}`)]
      if (from === null || to === null) return []
      return [[weekday, from, to > from ? to : to + MINUTES_A_DAY]]
    })
  )
  return {
    spans,
    holidays: filled(fields).flatMap(([field]) => HOLIDAY.exec(field)?.[1] ?? []),
    lastOrderMinutes: Number(fields.last_order),
    slots: filled(fields).flatMap(([field, text]) => slotOf(field, text)),
  }
}

/** The texts of the form. A slot that is the same on every day is one row. */
export function formTexts(fields: Partial<Texts<string>>): FormTexts {
  const week = filled(fields).filter(([field]) => !HOLIDAY.test(field) && !SLOT.test(field))
  const texts: FormTexts = Object.fromEntries(week)
  const { holidays, slots } = hoursOf(fields)
  for (const [index, day] of holidays.toSorted().entries()) texts[`holiday_${index}`] = day
  for (const [index, { weekday, from, to, capacity, cutoffMinutes }] of rowsOf(slots).entries()) {
    const slot = `slot_${index}`
    texts[`${slot}_day`] = String(weekday)
    texts[`${slot}_from`] = clockText(from)
    texts[`${slot}_to`] = clockText(to)
    texts[`${slot}_capacity`] = String(capacity)
    texts[`${slot}_cutoff`] = String(cutoffMinutes)
  }
  return texts
}

export function isSlot(field: string) {
  return SLOT.test(field)
}

/** The name that a field has in the form with these texts. */
export function nameInForm(field: string, texts: FormTexts) {
  const [, weekday, from, to] = SLOT.exec(field) ?? []
  if (weekday === undefined) return field
  const row = Object.keys(texts)
    .map((name) => /^slot_\d+/.exec(name)?.[0])
    .find((slot) => {
      const isOfDay = ['0', weekday].includes(texts[`${slot}_day`])
      return isOfDay && texts[`${slot}_from`] === from && texts[`${slot}_to`] === to
    })
  return `${row}_capacity`
}

function slotOf(field: string, text: string): WeeklySlot[] {
  const [, weekday, from, to] = SLOT.exec(field) ?? []
  if (weekday === undefined) return []
  const [capacity, cutoffMinutes] = text.split(' ').map(Number)
  const times = { from: readClockTime(from)!, to: readClockTime(to) || MINUTES_A_DAY }
  return [{ weekday: Number(weekday), ...times, capacity, cutoffMinutes }]
}

/** The day is 0 in the row of a slot of every day. */
function rowsOf(slots: WeeklySlot[]) {
  const alike = Map.groupBy(slots, ({ from, to, capacity, cutoffMinutes }) => {
    return [from, to, capacity, cutoffMinutes].join(' ')
  })
  return [...alike.values()]
    .flatMap((rows) => (rows.length < WEEKDAYS.length ? rows : [{ ...rows[0], weekday: 0 }]))
    .toSorted((one, other) => one.weekday - other.weekday || one.from - other.from)
}

function filled(fields: Partial<Texts<string>>) {
  return Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1]))
}
