/** What a customer and an owner saw while something was broken. */
export class Observations {
  requests = 0
  /** Answers of 500 and above, and requests without an answer. */
  failures: string[] = []
  /** In milliseconds. */
  slowest = 0
  /** Age of the oldest price that a page showed although a newer one was confirmed, in milliseconds. */
  stalest = 0
  /** What must never happen: an own write that was not shown, a page that went back. */
  broken: string[] = []

  /** Runs a step of requests and keeps what became of it; null when it failed. */
  async step<Result>(name: string, requests: () => Promise<Result>): Promise<Result | null> {
    const startedAt = performance.now()
    this.requests++
    try {
      return await requests()
    } catch (error) {
      const { message, cause } = error as Error
      this.failures.push(`${name}: ${message}${cause ? ` (${(cause as Error).message})` : ''}`)
      return null
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - startedAt)
    }
  }
}
