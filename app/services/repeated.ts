import { setTimeout as delay } from 'node:timers/promises'

/** Does something at once and again and again, each time so many milliseconds after the last has ended. */
export class Repeated {
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  /** @param work must not fail; it is told when it has to hurry */
  constructor(
    private work: (stopping: AbortSignal) => Promise<void>,
    private every: number
  ) {}

  start() {
    this.#running = this.#run(this.#stopping.signal)
  }

  async stop() {
    this.#stopping.abort()
    await this.#running
  }

  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      await this.work(signal)
      await delay(this.every, null, { signal }).catch(() => {})
    }
  }
}
