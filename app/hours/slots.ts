import { beginOf, dateOf, dayAt, dayOf, MINUTE, weekdayOf } from '#hours/india'
import type { Opening } from '#hours/opening'

/** A slot of every week, with the last moment to order before it. */
export interface WeeklySlot {
  weekday: number
  from: number
  to: number
  capacity: number
  cutoffMinutes: number
}

/** A slot of one day. */
export interface Slot {
  from: Date
  to: Date
}

export interface OfferedSlot extends Slot {
  /** What a form sends: `2026-11-28 1020 1140`. */
  key: string
  isFull: boolean
}

const DAYS = 7

/** The slots that can still be ordered for, soonest first. @param taken by the keys of slots */
export function offeredSlots(
  slots: readonly WeeklySlot[],
  opening: Opening | null,
  now: Date,
  taken: ReadonlyMap<string, number> = new Map()
): OfferedSlot[] {
  const today = dayAt(now.getTime())
  const closedUntil = opening?.closedUntil ? Date.parse(opening.closedUntil) : 0
  const offered: OfferedSlot[] = []
  for (let day = today; day < today + DAYS; day++) {
    if (opening?.holidays.includes(dateOf(day))) continue
    for (const { weekday, from, to, capacity, cutoffMinutes } of slots) {
      const begin = beginOf(day) + from * MINUTE
      const isLate = begin - cutoffMinutes * MINUTE <= now.getTime()
      if (weekday !== weekdayOf(day) || isLate || begin < closedUntil) continue
      const slot = { from: new Date(begin), to: new Date(beginOf(day) + to * MINUTE) }
      const key = keyOf(slot)
      offered.push({ ...slot, key, isFull: (taken.get(key) ?? 0) >= capacity })
    }
  }
  return offered.toSorted((one, other) => one.from.getTime() - other.from.getTime())
}

export function keyOf({ from, to }: Slot) {
  const day = dayAt(from.getTime())
  const minute = (at: Date) => (at.getTime() - beginOf(day)) / MINUTE
  return `${dateOf(day)} ${minute(from)} ${minute(to)}`
}

/** The slot with this key; null for anything else. */
export function slotOf(key: string): Slot | null {
  const [, date, from, to] = /^(\d{4}-\d{2}-\d{2}) (\d{1,4}) (\d{1,4})$/.exec(key) ?? []
  const day = date === undefined ? Number.NaN : dayOf(date)
  if (Number.isNaN(day)) return null
  const at = (minute: string) => new Date(beginOf(day) + Number(minute) * MINUTE)
  return { from: at(from), to: at(to) }
}
