import app from '@adonisjs/core/services/app'
import config from '#config/connectors'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { isRunning } from '#connectors/connector_state'
import { Connectors } from '#connectors/connectors'
import { eventually } from '#tests/helpers/eventually'

/** Whether tests use Confluent's sink instead of the stand-in; see connectors/README.md. */
export const usesRealSink = process.env.TEST_SINK === 'connect'

const PATIENCE = 60_000

/** Confluent's sink with `connectors/kirana-es-sink.json`, as tests control it: see `SinkStandIn`. */
export class SinkConnector {
  static #client = new ConnectClient(config.url, config)
  isStopped = false
  commits = true

  private constructor(private name: string) {}

  /** @param name of the connector and prefix of its topics and indices */
  static async start(name: string, topics: string[], elasticsearch: string) {
    const { config: original } = await ConnectorDefinition.read('sink', app.appRoot)
    const definition = new ConnectorDefinition('sink', name, {
      ...original,
      'topics': topics.join(','),
      'connection.url': elasticsearch,
      'transforms.toIndex.regex': `${name}\\.public\\.(.*)`,
      'transforms.toIndex.replacement': `${name}-$1`,
    })
    const connectors = new Connectors(this.#client, { ...config, settle: 500 })
    const state = await connectors.register(definition)
    if (!isRunning(state)) throw new Error(`${name} is ${state.state}: ${state.problem}`)
    return new SinkConnector(name)
  }

  /** Its offsets stay; it is gone when its task has ended. */
  async stop() {
    this.isStopped = true
    const client = SinkConnector.#client
    await client.stop(this.name)
    await eventually(async () => {
      const status = await client.status(this.name)
      if (status && status.tasks.length > 0) throw new Error('The sink still runs')
    }, PATIENCE)
    await client.delete(this.name)
  }
}
