import string from '@adonisjs/core/helpers/string'
import { http } from '#config/app'
import { configProvider } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/session'
import type { HttpContext } from '@adonisjs/core/http'
import type { ApplicationService } from '@adonisjs/core/types'

export const SESSION_COOKIE = 'kirana_session'

const AGE = '30d'

/** In seconds; a login ends after the longest time regardless of activity. */
export const sessionAge = {
  age: string.seconds.parse(AGE),
  longestLogin: string.seconds.parse('90d'),
}

const database = configProvider.create(async (app: ApplicationService) => {
  const { SessionStore } = await import('#sessions/session_store')
  const { KnownSessions } = await import('#sessions/known_sessions')
  const settings = {
    db: await app.container.make('lucid.db'),
    known: await app.container.make(KnownSessions),
    age: sessionAge,
  }
  return (ctx: HttpContext) => new SessionStore(ctx, settings)
})

export default defineConfig({
  enabled: true,
  cookieName: SESSION_COOKIE,
  clearWithBrowser: false,
  age: AGE,
  cookie: {
    path: '/',
    httpOnly: true,
    secure: http.cookie.secure,
    sameSite: 'lax',
  },
  store: 'database',
  stores: { database },
})
