import { DAY, dayAt, HOUR, INDIA, MINUTE } from '#hours/india'
import { timesOpen, type Opening } from '#hours/opening'

const MORNING = 7 * HOUR
const NIGHT = 22 * HOUR

/** From and to, in milliseconds since 1970. */
export type Span = readonly [from: number, to: number]

/**
 * When an order waiting since `since` will have waited `minutes`. Only time in which a server was `up` counts,
 * without nights, or in the hours of a shop that
 * has stated them. Spans may overlap; the last one must be long enough.
 */
export function waitsUntil(
  since: Date,
  minutes: number,
  up: readonly Span[],
  opening: Opening | null = null
): Date {
  if (opening && opening.spans.length > 0) return whileOpen(since, minutes, up, opening)
  let left = minutes * MINUTE
  let time = since.getTime()
  for (const [from, to] of up.toSorted((one, other) => one[0] - other[0])) {
    time = Math.max(time, from)
    while (time < to) {
      const midnight = Math.floor((time + INDIA) / DAY) * DAY - INDIA
      const begin = Math.max(time, midnight + MORNING)
      const end = Math.min(to, midnight + NIGHT)
      if (begin + left <= end) return new Date(begin + left)
      left -= Math.max(0, end - begin)
      time = Math.min(to, midnight + DAY)
    }
  }
  return new Date(Infinity)
}

/** How many days ahead hours are looked at; nobody waits longer. */
const AHEAD = 60

function whileOpen(since: Date, minutes: number, up: readonly Span[], opening: Opening) {
  const day = dayAt(since.getTime())
  const open = timesOpen(opening, day - 1, day + AHEAD)
  let left = minutes * MINUTE
  let time = since.getTime()
  for (const [from, to] of up.toSorted((one, other) => one[0] - other[0])) {
    for (const [opens, closes] of open) {
      const begin = Math.max(time, from, opens)
      const end = Math.min(to, closes)
      if (begin >= end) continue
      if (begin + left <= end) return new Date(begin + left)
      left -= end - begin
      time = end
    }
  }
  return new Date(Infinity)
}
