import type { ApplicationService } from '@adonisjs/core/types'
import { role, servesRequests } from '#infra/cluster/role'
import { Announcements } from '#replication/announcements'
import { Belongings } from '#knowledge/belongings'
import { Knowledge } from '#knowledge/knowledge'
import { LiveStreams } from '#sessions/live_streams'

/** Listens in a server for what other processes change. */
export default class AnnouncementsProvider {
  #announcements: Announcements | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(LiveStreams, async (resolver) => {
      return new LiveStreams(await resolver.make('lucid.db'), await resolver.make('logger'))
    })
    this.app.container.singleton(Announcements, async (resolver) => {
      return new Announcements(
        // Knowledge comes last: its lease says that the others hear everything.
        [
          await resolver.make(Belongings),
          await resolver.make(LiveStreams),
          await resolver.make(Knowledge),
        ],
        await resolver.make('logger'),
        this.app.config.get<string>('database.connections.primary.connection.connectionString')
      )
    })
  }

  async ready() {
    if (!servesRequests(this.app) && !this.#keepsSharedCache()) return
    this.#announcements = await this.app.container.make(Announcements)
    await this.#announcements.start()
  }

  /** The process that follows the changes tells the others how far their cache is. */
  #keepsSharedCache() {
    const isShared = this.app.config.get('cache.adapter') === 'redis'
    return isShared && role() === 'primary'
  }

  async shutdown() {
    await this.#announcements?.stop()
  }
}
