import { SESSION_COOKIE } from '#config/session'
import { leftSessions, type LeftSession } from '#sessions/left_session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** Logins by which the guest has just left the session that this request still names. */
    leftSessions: LeftSession[]
  }
}

/** Where the library keeps what its tokens are made from. */
export const CSRF_SECRET = 'csrf-secret'

const LOGINS = ['sessions.store', 'accounts.store']

/**
 * The second of two taps on `Log in` comes from a session that the first has ended. Its token is still known for a
 * minute, so that it gets as far as the password. Nothing is written under the old id.
 */
export default class LeftSessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, route, session } = ctx
    const id = request.cookie(SESSION_COOKIE)
    const follows = request.method() === 'GET' || LOGINS.includes(route?.name ?? '')
    ctx.leftSessions = id && session.isEmpty && follows ? await leftSessions(id) : []
    const [left] = ctx.leftSessions
    if (left) session.put(CSRF_SECRET, left.csrfSecret)
    await next()
    if (left && session.sessionId === id) session.clear()
  }
}
