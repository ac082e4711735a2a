/** How long a process may rely on announcements after it began to check that they arrive, in milliseconds. */
export const LEASE = 3_000

/** A suspended machine stops the first clock, an administrator may set the second. */
const CLOCKS = [() => performance.now(), () => Date.now()]

export type Moment = readonly number[]

export function thisMoment(): Moment {
  return CLOCKS.map((now) => now())
}

/**
 * Whether this process would have heard of every change that others have been told of. A process that was stopped
 * finds it over, because the time went on.
 */
export class Lease {
  #until: Moment = [0, 0]

  /** @param begin when the check began that found the announcements arriving */
  extend(begin: Moment) {
    this.#until = begin.map((time) => time + LEASE)
  }

  end() {
    this.#until = [0, 0]
  }

  get isHeld() {
    return CLOCKS[0]() < this.#until[0] && CLOCKS[1]() < this.#until[1]
  }
}
