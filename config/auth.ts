import { defineConfig } from '@adonisjs/auth'
import { AccessTokensGuard } from '@adonisjs/auth/access_tokens'
import { SessionGuard } from '@adonisjs/auth/session'
import type { Emitter } from '@adonisjs/core/events'
import type { HttpContext } from '@adonisjs/core/http'
import type { ApplicationService } from '@adonisjs/core/types'
import type { InferAuthenticators, InferAuthEvents, Authenticators } from '@adonisjs/auth/types'

/* The library's guards with our user providers, which see the request's session and token. */

/** Guards announce every request that they authenticate; only what is listened to is emitted. */
function heard(emitter: Emitter<any>): any {
  return {
    emit: async (name: string, data: unknown) => {
      if (emitter.hasListeners(name)) await emitter.emit(name, data)
    },
  }
}

const web = {
  async resolver(name: string, app: ApplicationService) {
    const { SessionUsers } = await import('#sessions/session_users')
    const { KnownUsers } = await import('#sessions/known_users')
    const [known, emitter] = await Promise.all([
      app.container.make(KnownUsers),
      app.container.make('emitter'),
    ])
    return (ctx: HttpContext) => {
      const options = { useRememberMeTokens: false } as const
      const users = new SessionUsers(ctx, known)
      return new SessionGuard(name, ctx, options, heard(emitter as any), users)
    }
  },
}

const api = {
  async resolver(name: string, app: ApplicationService) {
    const { TokenUsers } = await import('#tokens/token_users')
    const { TokenCache } = await import('#tokens/token_cache')
    const [tokens, emitter] = await Promise.all([
      app.container.make(TokenCache),
      app.container.make('emitter'),
    ])
    return (ctx: HttpContext) => {
      return new AccessTokensGuard(name, ctx, heard(emitter as any), new TokenUsers(tokens, ctx))
    }
  },
}

const authConfig = defineConfig({
  default: 'web',
  guards: { api, web },
})

export default authConfig

declare module '@adonisjs/auth/types' {
  export interface Authenticators extends InferAuthenticators<typeof authConfig> {}
}
declare module '@adonisjs/core/types' {
  interface EventsList extends InferAuthEvents<Authenticators> {}
}
