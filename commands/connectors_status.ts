import type { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { ConnectorsCommand } from '#commands/connectors_command'

export default class ConnectorsStatus extends ConnectorsCommand {
  static commandName = 'connectors:status'
  static description = 'Show the state of the connectors, with errors'
  static help = ['The exit code is 0 only when all connectors and their tasks are running.']

  protected async perform(definitions: ConnectorDefinition[]) {
    const connectors = await this.app.container.make(Connectors)
    this.tell(await Promise.all(definitions.map((definition) => connectors.state(definition))))
  }
}
