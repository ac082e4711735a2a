import { owners, startTime, type VirtualTime } from '#tests/simulation/time'
import type { Rule } from '#tests/simulation/rules'

/** What was promised and not kept. */
export interface Violation {
  invariant: string
  text: string
}

/** Routine waits for its turn only once in so many times, or little else would happen. */
const SELDOM = 4

/** One run: its time, who may go on next, chance, and what happened. */
export class World {
  readonly time: VirtualTime = startTime()
  readonly history: string[] = []
  steps = 0
  /** Nothing is slow any more. */
  isHealed = false
  /** Nothing is left that could happen in another order. */
  isCalm = false
  violation: Violation | null = null
  #state: number
  /** What may go on next. */
  #waiting: (() => void)[] = []

  constructor(
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

  /** Resolves when it is chosen: of all that wait, in any order. */
  turn(): Promise<void> {
    if (this.isCalm) return DONE
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** `turn` for routine. */
  routine() {
    return this.dice(SELDOM) === 0 ? this.turn() : DONE
  }

  get isWaiting() {
    return this.#waiting.length > 0
  }

  /** Chooses what goes on. */
  goOn() {
    const at = this.dice(this.#waiting.length)
    const resolve = this.#waiting[at]
    const last = this.#waiting.pop()!
    if (at < this.#waiting.length) this.#waiting[at] = last
    resolve()
  }

  /** `turn` for something that is heard by the process that runs now: later, when it is stopped. */
  async step() {
    await this.turn()
    const owner = owners.getStore()
    if (owner?.stopped) await owner.stopped
  }

  /** `turn`, or a while later where it is slow. */
  async late(isSlow: boolean) {
    if (!isSlow || this.isHealed || this.dice(4) === 0) return this.turn()
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
