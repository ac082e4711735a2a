import type { ApplicationService } from '@adonisjs/core/types'
import { Replication } from '#replication/replication'

export default class ReplicationProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Replication, async (resolver) => {
      const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
      return new Replication(db, logger, this.app.config.get('replication'))
    })
  }
}
