import { SESSION_COOKIE } from '#config/session'
import { SessionEnded } from '#exceptions/session_ended'
import { leftSessions, type LeftSession } from '#sessions/left_session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** Logins that just ended the guest session this request still uses. */
    leftSessions: LeftSession[]
  }
}

const READS = ['GET', 'HEAD']
const LOGINS = ['sessions.store', 'accounts.store']

/**
 * The second of two quick taps on `Log in` uses a session that the first has ended. For a minute it is redirected
 * to where the first went; nothing else runs or is written under the old id.
 */
export default class LeftSessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, route, session } = ctx
    const id = request.cookie(SESSION_COOKIE)
    const mayFollow = id && session.isEmpty && !READS.includes(request.method())
    ctx.leftSessions = mayFollow ? await leftSessions(id) : []
    const isLeft = ctx.leftSessions.length > 0
    if (isLeft && !LOGINS.includes(route?.name ?? '')) throw new SessionEnded()
    await next()
    if (isLeft && session.sessionId === id) session.clear()
  }
}
