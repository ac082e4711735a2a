import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client'

/** The metrics of one process, as `Registry.getMetricsAsJSON` gives them. */
export type OwnMetrics = MetricObjectWithValues<MetricValue<string>>[]

/**
 * Adds up the metrics of a server's processes. What a process has counted stays counted when it is gone, as of when it
 * was last asked: a counter that goes down looks like one that began again.
 */
export class AddedUp {
  #counted = new Map<object, OwnMetrics>()
  #ofTheGone: OwnMetrics = []

  /** @param answered the metrics of the processes that answer; the others count as they last did */
  async text(answered: Map<object, OwnMetrics>): Promise<string> {
    for (const [process, metrics] of answered) this.#counted.set(process, countersOf(metrics))
    const silent = [...this.#counted].filter(([process]) => !answered.has(process))
    const all = [...answered.values(), ...silent.map(([, counted]) => counted), this.#ofTheGone]
    return AggregatorRegistry.aggregate(all).metrics()
  }

  async leave(process: object) {
    const counted = this.#counted.get(process) ?? []
    this.#counted.delete(process)
    const both = AggregatorRegistry.aggregate([this.#ofTheGone, counted])
    this.#ofTheGone = (await both.getMetricsAsJSON()) as OwnMetrics
  }
}

/** The values are shared with the live counters of this process. */
function countersOf(metrics: OwnMetrics): OwnMetrics {
  const counters = metrics.filter(({ type }) => String(type) === 'counter')
  return counters.map((metric) => ({ ...metric, values: structuredClone(metric.values) }))
}
