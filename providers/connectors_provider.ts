import type { ApplicationService } from '@adonisjs/core/types'
import { ConnectClient } from '#connectors/connect_client'
import { Connectors } from '#connectors/connectors'

export default class ConnectorsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Connectors, () => {
      const options = this.app.config.get<any>('connectors')
      return new Connectors(new ConnectClient(options.url, options), options)
    })
  }
}
