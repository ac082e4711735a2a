import type { Scheduler } from 'fast-check'
import { owners, startTime, type VirtualTime } from '#tests/simulation/time'
import type { Rule } from '#tests/simulation/rules'

/** What was promised and not kept. */
export interface Violation {
  invariant: string
  text: string
}

/** One run: its time, who may go on next, chance, and what happened. */
export class World {
  readonly time: VirtualTime = startTime()
  readonly history: string[] = []
  steps = 0
  /** Nothing is slow any more. */
  isHealed = false
  violation: Violation | null = null
  #state: number

  constructor(
    private scheduler: Scheduler,
    dice: number,
    /** The rule that does not hold in this run. */
    readonly broken: Rule | null,
    private isTold = false
  ) {
    this.#state = dice | 0
  }

  /** Whether the rule does not hold in this run. */
  without(rule: Rule) {
    return this.broken === rule
  }

  /** A whole number below `sides`. Mulberry32, by Tommy Ettinger. */
  dice(sides: number) {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }

  /** Resolves when the scheduler chooses it. */
  turn(label: string): Promise<void> {
    return this.scheduler.schedule(DONE, label)
  }

  /** `turn` for something that is heard by the process that runs now: later, when it is stopped. */
  async step(label: string) {
    await this.turn(label)
    const owner = owners.getStore()
    if (owner?.stopped) await owner.stopped
  }

  /** `turn`, or a while later where it is slow. */
  async late(isSlow: boolean, label: string) {
    if (!isSlow || this.isHealed || this.dice(4) === 0) return this.turn(label)
    const ms = [50, 500, 1_500][this.dice(3)]
    await this.pause(ms)
  }

  /** Resolves after so many milliseconds, if nobody is stopped for longer. */
  pause(ms: number) {
    return new Promise<void>((resolve) => this.time.set(resolve, ms, null))
  }

  /** The history ends with what was broken. */
  tell(text: string | (() => string)) {
    if (this.isTold && !this.violation)
      this.history.push(`${this.time.now} ms: ${typeof text === 'string' ? text : text()}`)
  }

  get isToldInFull() {
    return this.isTold
  }

  mustHold(holds: boolean, invariant: string, text: () => string) {
    if (holds || this.violation) return
    const violation = { invariant, text: text() }
    this.tell(`BROKEN: ${invariant}: ${violation.text}`)
    this.violation = violation
  }
}

const DONE = Promise.resolve()
