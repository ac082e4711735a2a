import type { ConnectorDefinition } from '#connectors/connector_definition'
import { lagOf, type Lag } from '#connectors/connector_lag'
import { isRunning, type ConnectorState } from '#connectors/connector_state'
import { Connectors } from '#connectors/connectors'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'
import { ConnectorsCommand } from '#commands/connectors_command'

export default class ConnectorsStatus extends ConnectorsCommand {
  static commandName = 'connectors:status'
  static description = 'Show the state of the connectors, with errors, and how far they are behind'
  static help = [
    'The exit code is 0 only when all connectors and their tasks are running.',
    '',
    'The source is behind by the bytes of log that Kafka has not acknowledged, about a second of writing at best;',
    'the sink by the records that it has not written.',
  ]

  protected async perform(definitions: ConnectorDefinition[]) {
    const connectors = await this.app.container.make(Connectors)
    this.tell(
      await Promise.all(
        definitions.map(async (definition) => ({
          ...(await connectors.state(definition)),
          behind: await this.#lag(definition),
        }))
      )
    )
  }

  protected line(state: ConnectorState & { behind?: Lag | null }) {
    const { behind } = state
    if (!isRunning(state) && !behind) return super.line(state)
    const lag = behind ? `${behind.amount} ${behind.unit} behind` : 'unknown how far behind'
    return `${super.line(state)}; ${lag}`
  }

  /** Kafka may be down: its state is shown anyway. */
  async #lag(definition: ConnectorDefinition): Promise<Lag | null> {
    const db = await this.app.container.make('lucid.db')
    try {
      return await lagOf(definition, db, this.app.config.get<string[]>('connectors.brokers'))
    } catch (error) {
      if (!(error instanceof KafkaUnreachable)) throw error
      return null
    }
  }
}
