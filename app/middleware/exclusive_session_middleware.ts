import locks from '@adonisjs/lock/services/main'
import { SESSION_COOKIE } from '#config/session'
import { takesTurn } from '#sessions/takes_turn'
import { SessionTurns } from '#sessions/session_turns'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const turns = new SessionTurns(locks)

/**
 * Sessions are read at the start of a request and written as a whole at the end. Concurrent writing requests of
 * one session run one at a time, or one would overwrite the other.
 */
export default class ExclusiveSessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const sessionId = ctx.request.cookie(SESSION_COOKIE)
    if (!takesTurn(ctx) || !sessionId) return next()
    await turns.run(sessionId, async () => next())
  }
}
