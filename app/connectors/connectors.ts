import { setTimeout as delay } from 'node:timers/promises'
import { Exception } from '@adonisjs/core/exceptions'
import type { ConnectClient } from '#connectors/connect_client'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { connectorState, isRunning, type ConnectorState } from '#connectors/connector_state'

/** The worker lacks the connector's plugin. */
export class ConnectorPluginMissing extends Exception {
  static code = 'E_CONNECTOR_PLUGIN_MISSING'
}

/** The connector still runs after being stopped. */
export class ConnectorDoesNotStop extends Exception {
  static code = 'E_CONNECTOR_DOES_NOT_STOP'
}

export interface ConnectorsOptions {
  /** How long a connector may take to start, in milliseconds. */
  startWithin: number
  /** How long a state must hold to be trusted: many connectors fail just after they start. */
  settle: number
  /** Interval between checks, in milliseconds. */
  pause: number
}

/** This project's connectors on a Kafka Connect worker. */
export class Connectors {
  constructor(
    private client: ConnectClient,
    private options: ConnectorsOptions
  ) {}

  async state({ name }: ConnectorDefinition): Promise<ConnectorState> {
    return connectorState(name, await this.client.status(name))
  }

  /** Creates or updates the connector, restarts what stopped or failed, and returns the resulting state. */
  async register(definition: ConnectorDefinition): Promise<ConnectorState> {
    if (!(await this.#canRun(definition))) {
      throw new ConnectorPluginMissing(
        `Kafka Connect has no plugin ${definition.plugin}, which ${definition.name} needs`
      )
    }
    const { state } = await this.state(definition)
    await this.client.configure(definition.name, definition.config)
    if (state === 'FAILED') await this.restart(definition)
    if (state === 'STOPPED' || state === 'PAUSED') await this.client.resume(definition.name)
    return this.#settled(definition)
  }

  /** Restarts failed parts. */
  async restart({ name }: ConnectorDefinition) {
    await this.client.restartFailed(name)
  }

  /** Deletes the connector and its offsets. */
  async forget(definition: ConnectorDefinition) {
    if (!(await this.#canRun(definition))) return
    const { name, config } = definition
    const known = await this.client.stop(name)
    if (!known) await this.client.createStopped(name, config)
    const { problem } = await this.#until(definition, ({ state }) => state === 'STOPPED')
    if (problem) throw new ConnectorDoesNotStop(`${name} did not stop: ${problem}`)
    await this.client.deleteOffsets(name)
    await this.client.delete(name)
    await this.#until(definition, ({ state }) => state === 'MISSING')
  }

  async #canRun({ plugin }: ConnectorDefinition) {
    return (await this.client.plugins()).includes(plugin)
  }

  /** Waits until the connector has been running, or failed, for a while. */
  #settled(definition: ConnectorDefinition) {
    let seen = ''
    let since = Date.now()
    return this.#until(definition, (current) => {
      if (current.state !== seen) since = Date.now()
      seen = current.state
      const final = isRunning(current) || current.state === 'FAILED'
      return final && Date.now() - since >= this.options.settle
    })
  }

  async #until(definition: ConnectorDefinition, done: (state: ConnectorState) => boolean) {
    const deadline = Date.now() + this.options.startWithin
    for (;;) {
      const current = await this.state(definition)
      if (done(current)) return current
      if (Date.now() > deadline) {
        const problem = `still ${current.state} after ${this.options.startWithin / 1_000} s`
        return { ...current, problem: current.problem ?? problem }
      }
      await delay(this.options.pause)
    }
  }
}
