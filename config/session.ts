import { http } from '#config/app'
import { configProvider } from '@adonisjs/core'
import { defineConfig, stores } from '@adonisjs/session'
import { keepEnded } from '#sessions/ended_sessions'
import type { ApplicationService } from '@adonisjs/core/types'
import type { SessionData } from '@adonisjs/session/types'

export const SESSION_COOKIE = 'kirana_session'

const AGE = '30d'
/** Maximum lifetime of a login, regardless of activity. */
const LONGEST_LOGIN = '90d'
const TOUCH_EVERY = 10 * 60 * 1_000

/**
 * Viewing a page does not write to the database: the expiry is extended at most once in ten minutes. A session
 * that ended during a request stays ended.
 */
const database = configProvider.create(async (app: ApplicationService) => {
  const provider = stores.database({
    connectionName: 'primary',
    tableName: 'sessions',
    gcProbability: 0,
  })
  const create = await provider.resolver(app)
  const db = await app.container.make('lucid.db')
  const touched = new Set<string>()
  let since = Date.now()
  return (...parameters: Parameters<typeof create>) => {
    const store = keepEnded(create(...parameters), {
      ...{ ctx: parameters[0], db, age: AGE, longestLogin: LONGEST_LOGIN },
    })
    const touch = store.touch.bind(store)
    store.touch = async (sessionId: string) => {
      if (Date.now() - since > TOUCH_EVERY) {
        touched.clear()
        since = Date.now()
      }
      if (touched.has(sessionId)) return
      await touch(sessionId)
      parameters[0].sessionTouched = true
      touched.add(sessionId)
    }
    const write = store.write.bind(store)
    store.write = async (sessionId: string, values: SessionData) => {
      await write(sessionId, values)
      touched.add(sessionId)
    }
    return store
  }
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
