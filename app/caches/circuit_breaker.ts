/** Leaves a dependency alone for a while after it failed, then lets one caller try it for all. */
export class CircuitBreaker {
  #failure: { error: unknown; until: number } | null = null

  /** @param pause how long to leave it alone, in milliseconds */
  constructor(private pause: number) {}

  /** The work's outcome, or at once the last failure while the dependency is left alone. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#failure) {
      if (performance.now() < this.#failure.until) throw this.#failure.error
      this.#fail(this.#failure.error)
    }
    try {
      const result = await work()
      this.#failure = null
      return result
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  #fail(error: unknown) {
    this.#failure = { error, until: performance.now() + this.pause }
  }
}
