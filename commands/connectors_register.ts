import type connectorsConfig from '#config/connectors'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { mustHavePartitions } from '#connectors/partitions'
import { ConnectorsCommand } from '#commands/connectors_command'

export default class ConnectorsRegister extends ConnectorsCommand {
  static commandName = 'connectors:register'
  static description = 'Create or update the connectors and wait until they are running'
  static help = [
    'Registers the files in connectors/ with Kafka Connect at CONNECT_URL. Can be repeated at any time: it restarts',
    'what has stopped or failed. The exit code is 0 only when all connectors and their tasks are running.',
    '',
    'The sink takes part with SEARCH_INDEXER=connect, or when --only=sink asks for it.',
  ]

  protected async perform(definitions: ConnectorDefinition[]) {
    const { brokers, partitions } = this.app.config.get<typeof connectorsConfig>('connectors')
    const hasSink = definitions.some(({ kind }) => kind === 'sink')
    if (partitions > 1 || hasSink) await mustHavePartitions(brokers, definitions, partitions)
    const connectors = await this.app.container.make(Connectors)
    const states = definitions.map((definition) => connectors.register(definition))
    this.tell(await Promise.all(states))
  }
}
