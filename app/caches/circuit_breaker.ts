/** Stops calling a failing dependency for a while, then lets a single caller probe it. */
export class CircuitBreaker {
  #failure: { error: unknown; until: number } | null = null

  /** @param pause how long the circuit stays open, in milliseconds */
  constructor(private pause: number) {}

  /** Runs `work`, or rethrows the last failure immediately while the circuit is open. */
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
