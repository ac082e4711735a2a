import { setTimeout as delay } from 'node:timers/promises'

/** Runs `work` immediately, then repeatedly with a pause after each run. */
export class Repeated {
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  /** @param work must not reject; the signal tells it to finish early */
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
