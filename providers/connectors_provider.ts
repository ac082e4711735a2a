import type connectorsConfig from '#config/connectors'
import type { ApplicationService } from '@adonisjs/core/types'
import { runsJobs } from '#infra/cluster/role'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition, type ConnectorKind } from '#connectors/connector_definition'
import { ConnectorWatch } from '#connectors/connector_watch'
import { Connectors } from '#connectors/connectors'

/** Binds the connectors, and monitors them in servers that depend on them. */
export default class ConnectorsProvider {
  #watch: ConnectorWatch | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Connectors, () => {
      const options = this.app.config.get<typeof connectorsConfig>('connectors')
      return new Connectors(new ConnectClient(options.url, options), options)
    })
  }

  async ready() {
    const needed = this.app.config.get<ConnectorKind[]>('connectors.needed')
    if (!runsJobs(this.app) || needed.length === 0) return
    this.#watch = new ConnectorWatch(
      await this.app.container.make(Connectors),
      await Promise.all(needed.map((kind) => ConnectorDefinition.read(kind, this.app.appRoot))),
      await this.app.container.make('logger'),
      this.app.config.get<typeof connectorsConfig>('connectors')
    )
    this.#watch.start()
  }

  async shutdown() {
    await this.#watch?.stop()
  }
}
