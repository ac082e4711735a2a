import { defineConfig } from '@adonisjs/auth'
import { AccessTokensGuard } from '@adonisjs/auth/access_tokens'
import { sessionGuard, sessionUserProvider } from '@adonisjs/auth/session'
import type { HttpContext } from '@adonisjs/core/http'
import type { ApplicationService } from '@adonisjs/core/types'
import type { InferAuthenticators, InferAuthEvents, Authenticators } from '@adonisjs/auth/types'

/** The library's guard with the tokens of one request behind it. */
const api = {
  async resolver(name: string, app: ApplicationService) {
    const { TokenUsers } = await import('#api/token_users')
    const { TokenCache } = await import('#caches/token_cache')
    const [tokens, emitter] = await Promise.all([
      app.container.make(TokenCache),
      app.container.make('emitter'),
    ])
    return (ctx: HttpContext) => {
      return new AccessTokensGuard(name, ctx, emitter as any, new TokenUsers(tokens))
    }
  },
}

const authConfig = defineConfig({
  default: 'web',
  guards: {
    api,
    web: sessionGuard({
      useRememberMeTokens: false,
      provider: sessionUserProvider({ model: () => import('#models/user') }),
    }),
  },
})

export default authConfig

declare module '@adonisjs/auth/types' {
  export interface Authenticators extends InferAuthenticators<typeof authConfig> {}
}
declare module '@adonisjs/core/types' {
  interface EventsList extends InferAuthEvents<Authenticators> {}
}
