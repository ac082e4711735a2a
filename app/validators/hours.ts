import { MINUTES_A_DAY, type WeeklySpan } from '#hours/opening'
import type { Hours } from '#models/shop_hours'
import { readClockTime } from '#numbers/clock_time'
import { readWhole } from '#numbers/count'
import { readDate } from '#numbers/date'

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const SPANS = ['a', 'b'] as const
export const MOST_HOLIDAYS = 30
export const MOST_LAST_ORDER = 240

export interface WrongHours {
  /** Of the form. */
  field: string
  /** Key in `hours.wrong`. */
  rule: 'time' | 'from' | 'to' | 'overlap' | 'minutes' | 'date'
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

  const holidays = Array.from({ length: MOST_HOLIDAYS }, (_, index) => `holiday_${index}`).flatMap(
    (field) => {
      const text = textOf(field)
      const day = text === '' ? null : readDate(text)
      if (text !== '' && day === null) wrong.push({ field, rule: 'date' })
      return day ?? []
    }
  )
  return { hours: { spans, holidays: [...new Set(holidays)].toSorted(), lastOrderMinutes }, wrong }
}
