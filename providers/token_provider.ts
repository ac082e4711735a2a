import type { ApplicationService } from '@adonisjs/core/types'
import { TokenAnnouncements } from '#caches/token_announcements'
import { TokenCache } from '#caches/token_cache'

/** A server hears of tokens that were revoked elsewhere. */
export default class TokenProvider {
  #announcements: TokenAnnouncements | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(TokenAnnouncements, async (resolver) => {
      return new TokenAnnouncements(
        await resolver.make(TokenCache),
        await resolver.make('logger'),
        this.app.config.get('database.connections.primary.connection.connectionString')
      )
    })
  }

  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    this.#announcements = await this.app.container.make(TokenAnnouncements)
    await this.#announcements.start()
  }

  async shutdown() {
    await this.#announcements?.stop()
  }
}
