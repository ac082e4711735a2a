import { beginOf, dateOf, dayAt, MINUTE, weekdayOf } from '#hours/india'

export const MINUTES_A_DAY = 1440

/** Open on this weekday (1 is Monday) from and to these minutes of the day; past 1440 is after midnight. */
export type WeeklySpan = readonly [weekday: number, from: number, to: number]

/** When a shop is open, as plain JSON. Without weekly spans it is open day and night. */
export interface Opening {
  spans: WeeklySpan[]
  /** Days on which no span begins, as `2026-11-28`. */
  holidays: string[]
  /** Closed for now, until then. */
  closedUntil: string | null
  /** How long before closing the last order is taken. */
  lastOrderMinutes: number
}

/** What customers are told. Times are ISO strings, so that it can be compared and kept as text. */
export interface OpenState {
  /** `ending` is open, but too late for an order. */
  kind: 'open' | 'ending' | 'closed'
  /** When it closes; null when it is closed, or not for weeks. */
  until: string | null
  /** The last moment for an order; null when none can be placed, or for weeks. */
  ordersUntil: string | null
  /** When orders are taken again; null when they are now, or not for weeks. */
  opensAt: string | null
  /** Until when the owner has closed it for today. */
  closedUntil: string | null
  /** The day in India that words like *tomorrow* refer to. */
  today: string
}

export type Times = [from: number, to: number]

const AHEAD = 32
/** A span that goes past midnight began yesterday. */
const BEHIND = 1

/** When the shop is open between these days, without gaps of no length; also what is closed for now. */
export function timesOpen({ spans, holidays, closedUntil }: Opening, from: number, to: number) {
  const weekly = spans.length > 0 ? spans : everyDay()
  const times: Times[] = []
  for (let day = from; day <= to; day++) {
    if (holidays.includes(dateOf(day))) continue
    for (const [weekday, opens, closes] of weekly) {
      if (weekday !== weekdayOf(day)) continue
      times.push([beginOf(day) + opens * MINUTE, beginOf(day) + closes * MINUTE])
    }
  }
  return after(joined(times), closedUntil === null ? -Infinity : Date.parse(closedUntil))
}

/** What customers are told at this time; null of a shop that has stated no hours. */
export function stateOf(opening: Opening | null, now: Date): OpenState | null {
  if (!opening) return null
  const time = now.getTime()
  const last = opening.lastOrderMinutes * MINUTE
  const today = dayAt(time)
  /** Else it takes no order from its beginning. */
  const isLongEnough = ([from, to]: Times) => to - last > from
  const horizon = beginOf(today + AHEAD)
  const times = timesOpen(opening, today - BEHIND, today + AHEAD).filter(isLongEnough)
  const current = times.find(([from, to]) => from <= time && time < to)
  const isTaking = current !== undefined && time < current[1] - last
  const next = times.find(([from]) => from > time)
  const known = (at: number | undefined) => {
    return at === undefined || at >= horizon ? null : new Date(at).toISOString()
  }
  return {
    kind: !current ? 'closed' : isTaking ? 'open' : 'ending',
    until: known(current?.[1]),
    ordersUntil: isTaking ? known(current[1] - last) : null,
    opensAt: isTaking ? null : known(next?.[0]),
    closedUntil: laterThan(now, opening.closedUntil),
    today: dateOf(today),
  }
}

/** Whether an order can be placed. */
export function takesOrders(opening: Opening | null, now: Date) {
  const state = stateOf(opening, now)
  return state === null || state.kind === 'open'
}

/** When the words for this state change: with the next event, or the day. */
export function changesAt(state: OpenState, now: Date) {
  const { until, ordersUntil, opensAt, closedUntil } = state
  const events = [until, ordersUntil, opensAt, closedUntil].flatMap((at) => {
    return at === null ? [] : Date.parse(at)
  })
  const midnight = beginOf(dayAt(now.getTime()) + 1)
  return Math.min(midnight, ...events.filter((at) => at > now.getTime()))
}

/** When a shop that closes for today would open on another day: a night that began yesterday belongs to yesterday. */
export function endOfShopDay(opening: Opening | null, now: Date) {
  const time = now.getTime()
  const today = dayAt(time)
  if (!opening || opening.spans.length === 0) return new Date(beginOf(today + 1))
  const asUsual = { ...opening, closedUntil: null }
  const ends = (day: number) => timesOpen(asUsual, day, day).map(([, to]) => to)
  const night = ends(today - 1).filter((to) => to > time)
  return new Date(
    night.length > 0 ? Math.max(...night) : Math.max(beginOf(today + 1), ...ends(today))
  )
}

function laterThan(now: Date, at: string | null) {
  return at !== null && Date.parse(at) > now.getTime() ? at : null
}

function everyDay(): WeeklySpan[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 0, MINUTES_A_DAY])
}

/** Times that touch are one. */
function joined(times: Times[]) {
  const whole: Times[] = []
  for (const [from, to] of times.toSorted((one, other) => one[0] - other[0])) {
    const last = whole.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else whole.push([from, to])
  }
  return whole
}

function after(times: Times[], begin: number): Times[] {
  return times
    .filter(([, to]) => to > begin)
    .map(([from, to]): Times => [Math.max(from, begin), to])
}
