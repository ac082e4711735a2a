import { setTimeout as delay } from 'node:timers/promises'
import { ending } from '#infra/ending'
import type { Answers } from './market.js'

/** Pause between two questions, in milliseconds. */
const EVERY = 100

/** What one cache answered. */
export class Tally {
  answers = 0
  wrong = 0
  latest = 0
  /** Milliseconds from the beginning to the last wrong answer; 0 without any. */
  wrongFor = 0

  note(price: number, right: number, since: number) {
    this.latest = price
    this.answers++
    if (price === right) return
    this.wrong++
    this.wrongFor = since
  }
}

/** Asks both caches for a price, again and again, from the moment on when only one answer is right. */
export class Watch {
  readonly usual = new Tally()
  readonly ours = new Tally()
  #isOver = false
  #asked = 0
  #asking: Promise<void>
  #began = performance.now()

  /** @param right price, in paise */
  constructor(
    private ask: () => Promise<Answers>,
    private right: number
  ) {
    this.#asking = this.#askAgain()
    this.#asking.catch(() => {})
  }

  /** Waits until both have answered what they were asked from now on. */
  async nextAnswers() {
    const asked = this.#asked
    while (this.ours.answers <= asked && !ending.aborted) await delay(1)
  }

  /** Whether both answer right now. */
  get isRight() {
    return this.usual.latest === this.right && this.ours.latest === this.right
  }

  isWrong({ latest }: Tally) {
    return latest !== this.right
  }

  /** Throws what asking threw. */
  async stop() {
    this.#isOver = true
    await this.#asking
  }

  async #askAgain() {
    while (!this.#isOver && !ending.aborted) {
      const since = performance.now() - this.#began
      this.#asked++
      const { usual, ours } = await this.ask()
      this.usual.note(usual, this.right, since)
      this.ours.note(ours, this.right, since)
      await delay(EVERY)
    }
  }
}
