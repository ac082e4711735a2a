import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { isRunning } from '#connectors/connector_state'
import type { Connectors } from '#connectors/connectors'
import { connectorRunning } from '#metrics/metrics'

export interface ConnectorWatchOptions {
  /** Interval between checks, in milliseconds. */
  lookEvery: number
  /** Interval between restarts of a failed task, in milliseconds. */
  restartEvery: number
}

/**
 * Monitors the connectors next to a running server, because Kafka Connect neither restarts nor reports failed
 * tasks. A problem becomes a metric and one log line; failed tasks are restarted.
 */
export class ConnectorWatch {
  #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #problems = new Map<string, string>()
  #restartedAt = new Map<string, number>()

  constructor(
    private connectors: Connectors,
    private definitions: ConnectorDefinition[],
    private logger: Logger,
    private options: ConnectorWatchOptions
  ) {}

  start() {
    this.#running = this.#run()
  }

  async stop() {
    this.#stopping.abort()
    await this.#running
  }

  /** Checks every connector once. */
  async look() {
    await Promise.all(this.definitions.map((definition) => this.#lookAt(definition)))
  }

  async #run() {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.look()
      await delay(this.options.lookEvery, null, { signal }).catch(() => {})
    }
  }

  async #lookAt(definition: ConnectorDefinition) {
    try {
      const state = await this.connectors.state(definition)
      const problem = isRunning(state) ? null : `${state.state}: ${state.problem ?? 'not running'}`
      this.#note(definition, problem)
      if (state.state === 'FAILED') await this.#startAgain(definition)
    } catch (error) {
      this.#note(definition, (error as Error).message)
    }
  }

  #note({ name }: ConnectorDefinition, problem: string | null) {
    connectorRunning.set({ connector: name }, problem ? 0 : 1)
    const before = this.#problems.get(name)
    if (problem && problem !== before) this.logger.error(`connector ${name}: ${problem}`)
    if (!problem && before) this.logger.warn(`connector ${name} is running again`)
    if (problem) this.#problems.set(name, problem)
    else this.#problems.delete(name)
  }

  async #startAgain(definition: ConnectorDefinition) {
    const last = this.#restartedAt.get(definition.name) ?? 0
    if (Date.now() - last < this.options.restartEvery) return
    this.#restartedAt.set(definition.name, Date.now())
    await this.connectors.restart(definition)
  }
}
