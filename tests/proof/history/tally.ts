import { Findings } from '../../consistency/checker.js'
import type { Form, Shown } from './pages.js'

/** Upper ends of the columns of the chart, in milliseconds; the first has what was not stale at all. */
export const STALENESS = [
  0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000,
]

/** After a change, reads of the same shop count as being in its wake, in milliseconds. */
const WAKE = 1_000

/** What the reads of one way to serve pages have shown. */
export class Tally extends Findings {
  byForm: Record<Form, number> = { json: 0, html: 0 }
  /** Prices and stocks in the answers. */
  values = 0
  inWake = 0
  /** Values that nobody had written. */
  invented = 0
  /** Reads by how long something newer had been acknowledged; one more than `STALENESS`, for what is above all. */
  staleness = new Array<number>(STALENESS.length + 1).fill(0)
  refused = 0
  unanswered = 0

  override get wrong() {
    return super.wrong + this.invented
  }

  /** @param at when it was asked for @param changedAt when the shop was changed last */
  count(form: Form, shown: Shown, at: number, changedAt: number) {
    this.reads++
    this.byForm[form]++
    this.values += shown.size
    if (at - changedAt < WAKE) this.inWake++
    const stale = at > shown.staleSince ? at - shown.staleSince : 0
    this.staleness[stale === 0 ? 0 : columnOf(stale)]++
    if (stale > this.longestStaleness) this.longestStaleness = stale
  }
}

function columnOf(stale: number) {
  const column = STALENESS.findIndex((end) => stale <= end)
  return column < 0 ? STALENESS.length : column
}
