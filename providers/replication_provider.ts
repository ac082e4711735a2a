import type replicationConfig from '#config/replication'
import type { ApplicationService } from '@adonisjs/core/types'
import { withDeadline } from '#infra/database_deadlines'
import { Replication } from '#replication/replication'

const NOTE_EVERY = 1_000

export default class ReplicationProvider {
  #timer: NodeJS.Timeout | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Replication, async (resolver) => {
      const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
      return new Replication(
        db,
        logger,
        this.app.config.get<typeof replicationConfig>('replication')
      )
    })
  }

  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    const replication = await this.app.container.make(Replication)
    const { pageDeadline } = await import('#config/deadlines')
    const note = () => withDeadline(pageDeadline, () => replication.notePosition()).catch(() => {})
    await note()
    this.#timer = setInterval(note, NOTE_EVERY)
  }

  async shutdown() {
    if (this.#timer) clearInterval(this.#timer)
  }
}
