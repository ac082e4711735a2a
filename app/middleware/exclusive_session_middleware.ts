import locks from '@adonisjs/lock/services/main'
import { SESSION_COOKIE } from '#config/session'
import { SessionTurns } from '#sessions/session_turns'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD', 'OPTIONS']
const turns = new SessionTurns(locks)

/**
 * Sessions are read at the start of a request and written as a whole at the end. Concurrent writing requests of
 * one session, such as two quick clicks on `Add`, run one at a time, or one would overwrite the other.
 */
export default class ExclusiveSessionMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    const sessionId = request.cookie(SESSION_COOKIE)
    if (READS.includes(request.method()) || !sessionId) return next()
    await turns.run(sessionId, async () => next())
  }
}
