/** A process that ran for this long did not end because of its start. In milliseconds. */
const STEADY = 10_000
const FIRST_PAUSE = 100
/** Hopeless after this many short runs in a row. */
const MOST_SHORT_RUNS = 8

/** When to start a process again: immediately, then later and later while processes end soon after their start. */
export class Replacements {
  static readonly LONGEST_PAUSE = 10_000
  #servedSince = new WeakMap<object, number>()
  #shortRuns = 0

  constructor(private now = () => performance.now()) {}

  served(process: object) {
    this.#servedSince.set(process, this.now())
  }

  /** Pause in milliseconds before the process is replaced; null when processes do not last. */
  pauseAfter(process: object): number | null {
    const since = this.#servedSince.get(process)
    this.#shortRuns = this.now() - (since ?? this.now()) >= STEADY ? 0 : this.#shortRuns + 1
    if (this.#shortRuns > MOST_SHORT_RUNS) return null
    if (this.#shortRuns <= 1) return 0
    return Math.min(FIRST_PAUSE * 2 ** (this.#shortRuns - 2), Replacements.LONGEST_PAUSE)
  }
}
