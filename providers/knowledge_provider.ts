import { HttpContext } from '@adonisjs/core/http'
import type { ApplicationService } from '@adonisjs/core/types'
import { sessionAge } from '#config/session'
import { Carts } from '#cart/carts'
import { KnownCarts } from '#cart/known_carts'
import { Belongings } from '#knowledge/belongings'
import { OwnRows } from '#knowledge/own_rows'
import { Knowledge } from '#knowledge/knowledge'
import { Passed } from '#replication/passed'
import { Replication } from '#replication/replication'
import { KnownSessions } from '#sessions/known_sessions'
import { KnownUsers } from '#sessions/known_users'
import { rememberSignatures } from '#sessions/known_signatures'
import { SessionTouches } from '#sessions/session_touches'
import { TokenCache } from '#tokens/token_cache'

/** Binds what this process knows of sessions, users and tokens. */
export default class KnowledgeProvider {
  #touches: SessionTouches | null = null

  constructor(protected app: ApplicationService) {}

  async boot() {
    rememberSignatures((await this.app.container.make('encryption')).getMessageVerifier())
    HttpContext.getter(
      'own',
      function (this: HttpContext) {
        return new OwnRows(this)
      },
      true
    )
  }

  register() {
    const { container, config } = this.app
    container.singleton(Passed, () => {
      const isShared = config.get('cache.adapter') === 'redis'
      return new Passed(isShared, config.get('change_feed.maximumSilence'))
    })
    container.singleton(Knowledge, async (resolver) => {
      return new Knowledge(
        await resolver.make('logger'),
        config.get('database.connections.primary.connection.connectionString'),
        await resolver.make(Passed),
        await resolver.make(Replication)
      )
    })
    container.singleton(Belongings, async (resolver) => {
      const [knowledge, replication] = [
        await resolver.make(Knowledge),
        await resolver.make(Replication),
      ]
      return new Belongings(replication, knowledge.lease, config.get('markup.belongingBytes'))
    })
    container.singleton(TokenCache, async (resolver) => {
      return new TokenCache(await resolver.make(Knowledge), await resolver.make('lucid.db'))
    })
    container.singleton(KnownSessions, async (resolver) => {
      return new KnownSessions(await resolver.make(Knowledge), await resolver.make('lucid.db'))
    })
    container.singleton(KnownUsers, async (resolver) => {
      return new KnownUsers(await resolver.make(Knowledge))
    })
    container.singleton(KnownCarts, async (resolver) => {
      return new KnownCarts(await resolver.make(Knowledge), await resolver.make('lucid.db'))
    })
    container.singleton(Carts, async (resolver) => {
      return new Carts(await resolver.make('lucid.db'), await resolver.make(KnownCarts))
    })
    container.singleton(SessionTouches, async (resolver) => {
      const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
      return (this.#touches = new SessionTouches(db, logger, sessionAge))
    })
  }

  async shutdown() {
    await this.#touches?.flush()
  }
}
