import { http } from '#config/app'
import { defineConfig, stores } from '@adonisjs/session'

export const SESSION_COOKIE = 'kirana_session'

export default defineConfig({
  enabled: true,
  cookieName: SESSION_COOKIE,
  clearWithBrowser: false,
  age: '30d',
  cookie: {
    path: '/',
    httpOnly: true,
    secure: http.cookie.secure,
    sameSite: 'lax',
  },
  store: 'database',
  stores: {
    database: stores.database({ connectionName: 'primary', tableName: 'sessions' }),
  },
})
