import { MINUTES_A_DAY, type WeeklySpan } from '#hours/opening'
import type { WeeklySlot } from '#hours/slots'
import type { Hours } from '#models/shop_hours'
import { readClockTime } from '#numbers/clock_time'
import { readWhole } from '#numbers/count'
import { readDate } from '#numbers/date'

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const SPANS = ['a', 'b'] as const
export const MOST_HOLIDAYS = 30
export const MOST_LAST_ORDER = 240
export const MOST_SLOTS = 42
const MOST_CAPACITY = 500

export interface WrongHours {
  /** Of the form. */
  field: string
  /** Key in `hours.wrong`. */
  rule:
    | 'time'
    | 'equal'
    | 'too_long'
    | 'from'
    | 'to'
    | 'overlap'
    | 'minutes'
    | 'date'
    | 'day'
    | 'same'
    | 'capacity'
    | 'cutoff'
}

/** The form of a shop's hours: `from_1a` and `to_1a` are Monday's first times, `holiday_0` the first holiday. */
export function readHours(body: Record<string, unknown>): { hours: Hours; wrong: WrongHours[] } {
  const wrong: WrongHours[] = []
  const textOf = (field: string) => {
    const value = body[field]
    return typeof value === 'string' ? value.trim() : ''
  }
  const timeOf = (field: string) => {
    const text = textOf(field)
    const minute = text === '' ? null : readClockTime(text)
    if (text !== '' && minute === null) wrong.push({ field, rule: 'time' })
    return { isStated: text !== '', minute }
  }

  const spans = WEEKDAYS.flatMap((weekday) => {
    const ofDay = SPANS.flatMap((span): { span: WeeklySpan; field: string }[] => {
      const field = `from_${weekday}${span}`
      const from = timeOf(field)
      const to = timeOf(`to_${weekday}${span}`)
      if (from.isStated && !to.isStated) wrong.push({ field: `to_${weekday}${span}`, rule: 'to' })
      if (to.isStated && !from.isStated) wrong.push({ field, rule: 'from' })
      if (from.minute === null || to.minute === null) return []
      if (to.minute === from.minute) wrong.push({ field: `to_${weekday}${span}`, rule: 'equal' })
      const end = to.minute > from.minute ? to.minute : to.minute + MINUTES_A_DAY
      return [{ span: [weekday, from.minute, end], field }]
    }).toSorted((one, other) => one.span[1] - other.span[1])
    const [first, second] = ofDay
    if (second && second.span[1] < first.span[2]) {
      wrong.push({ field: second.field, rule: 'overlap' })
    }
    return ofDay.map(({ span }) => span)
  })

  const last = textOf('last_order')
  const lastOrderMinutes = last === '' ? 0 : (readWhole(last) ?? -1)
  if (lastOrderMinutes < 0 || lastOrderMinutes > MOST_LAST_ORDER) {
    wrong.push({ field: 'last_order', rule: 'minutes' })
  }

  const longest = Math.max(...spans.map(([, from, to]) => to - from))
  if (spans.length > 0 && lastOrderMinutes >= longest) {
    wrong.push({ field: 'last_order', rule: 'too_long' })
  }

  const holidays = Array.from({ length: MOST_HOLIDAYS }, (_, index) => `holiday_${index}`).flatMap(
    (field) => {
      const text = textOf(field)
      const day = text === '' ? null : readDate(text)
      if (text !== '' && day === null) wrong.push({ field, rule: 'date' })
      return day ?? []
    }
  )

  const numberOf = (field: string, rule: 'capacity' | 'cutoff', least: number, most: number) => {
    const text = textOf(field)
    const value = text === '' && rule === 'cutoff' ? 0 : (readWhole(text) ?? -1)
    if (value < least || value > most) wrong.push({ field, rule })
    return value
  }
  const seen = new Set<string>()
  const slots = Array.from({ length: MOST_SLOTS }, (_, index) => `slot_${index}`).flatMap(
    (slot): WeeklySlot[] => {
      const [from, to] = [timeOf(`${slot}_from`), timeOf(`${slot}_to`)]
      if (!from.isStated && !to.isStated) return []
      if (!from.isStated) wrong.push({ field: `${slot}_from`, rule: 'from' })
      if (!to.isStated) wrong.push({ field: `${slot}_to`, rule: 'to' })
      const days = daysOf(textOf(`${slot}_day`))
      if (days.length === 0) wrong.push({ field: `${slot}_day`, rule: 'day' })
      const capacity = numberOf(`${slot}_capacity`, 'capacity', 1, MOST_CAPACITY)
      const cutoffMinutes = numberOf(`${slot}_cutoff`, 'cutoff', 0, MINUTES_A_DAY)
      if (from.minute === null || to.minute === null) return []
      const times = { from: from.minute, to: to.minute || MINUTES_A_DAY }
      if (times.to <= times.from) wrong.push({ field: `${slot}_to`, rule: 'time' })
      const keys = days.map((weekday) => `${weekday} ${times.from} ${times.to}`)
      if (keys.some((key) => seen.has(key))) wrong.push({ field: `${slot}_from`, rule: 'same' })
      for (const key of keys) seen.add(key)
      return days.map((weekday) => ({ weekday, ...times, capacity, cutoffMinutes }))
    }
  )
  return {
    hours: { slots, spans, holidays: [...new Set(holidays)].toSorted(), lastOrderMinutes },
    wrong,
  }
}

/** A weekday, or every day as 0. */
function daysOf(text: string) {
  const day = readWhole(text)
  return WEEKDAYS.filter((weekday) => day === 0 || weekday === day)
}
