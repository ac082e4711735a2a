import app from '@adonisjs/core/services/app'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { isRunning } from '#connectors/connector_state'
import { Connectors } from '#connectors/connectors'
import config from '#config/connectors'

/** Runs the project's source connector, like `connectors:register --only=source`. */
export async function runSourceConnector() {
  const definition = await ConnectorDefinition.read('source', app.appRoot)
  const connectors = new Connectors(new ConnectClient(config.url, config), config)
  const state = await connectors.register(definition)
  if (!isRunning(state)) throw new Error(`${definition.name} is ${state.state}: ${state.problem}`)
}
