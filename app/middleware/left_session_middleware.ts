import { SessionEnded } from '#exceptions/session_ended'
import { isLogin, keysOf, leftSessions } from '#sessions/left_session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * The second of two quick taps on `Log in` comes from a page whose login has been made. For a minute it is led to
 * where the first went; nothing else runs or is written under the id of a guest session that it ended.
 */
export default class LeftSessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, session } = ctx
    const id = session.sessionId
    const keys = session.isEmpty && !READS.includes(request.method()) ? keysOf(ctx) : []
    ctx.leftSessions = keys.length > 0 ? await leftSessions(keys) : []
    const isLeft = ctx.leftSessions.length > 0
    if (isLeft && !isLogin(ctx)) throw new SessionEnded()
    await next()
    if (isLeft && session.sessionId === id) session.clear()
  }
}
