export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** India has one time zone and no daylight saving time. */
export const INDIA = 5.5 * HOUR

/** The day in India at this time, counted from 1970. */
export function dayAt(time: number) {
  return Math.floor((time + INDIA) / DAY)
}

/** When that day begins in India. */
export function beginOf(day: number) {
  return day * DAY - INDIA
}

/** 1 for Monday to 7 for Sunday. 1970 began with a Thursday. */
export function weekdayOf(day: number) {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** As `2026-11-28`. */
export function dateOf(day: number) {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/** The day that is written `2026-11-28`. */
export function dayOf(date: string) {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY)
}
