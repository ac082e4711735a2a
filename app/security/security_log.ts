import type { Logger } from '@adonisjs/core/logger'
import type SecurityEvent from '#events/security_event'
import { LineBudget } from '#security/line_budget'

export interface Destination {
  append(line: string, now: Date): Promise<void>
}

/** Writes one JSON line per security event, in order. Requests do not wait for it. */
export class SecurityLog {
  #budget = new LineBudget()
  #written: Promise<void> = Promise.resolve()
  #timer?: NodeJS.Timeout
  #isFailing = false

  /** @param tellAfter delay before the number of suppressed lines is written, in milliseconds */
  constructor(
    private destination: Destination,
    private logger: Logger,
    private tellAfter = 60_000
  ) {}

  note(event: SecurityEvent) {
    const { time, name, from, facts } = event
    if (this.#budget.allows(event)) return this.#write({ time, event: name, ...from, ...facts })
    this.#timer ??= setTimeout(() => this.#tellLeftOut(), this.tellAfter).unref()
  }

  /** Resolves when all events are written. */
  async flush() {
    this.#tellLeftOut()
    await this.#written
  }

  #tellLeftOut() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lines = this.#budget.takeLeftOut()
    if (lines) this.#write({ time: new Date(), event: 'lines.left_out', lines })
  }

  #write(line: { time: Date; event: string; [fact: string]: unknown }) {
    const text = `${JSON.stringify(line)}\n`
    this.#written = this.#written
      .then(() => this.destination.append(text, line.time))
      .then(() => this.#note(null), this.#note)
  }

  /** A full disk is reported only once. */
  #note = (error: unknown) => {
    if (error && !this.#isFailing)
      this.logger.error({ err: error }, 'security log could not be written')
    this.#isFailing = error !== null
  }
}
