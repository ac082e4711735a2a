import locks from '@adonisjs/lock/services/main'
import { SessionTurns } from '#sessions/session_turns'
import { turnOf } from '#sessions/turn_of'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const turns = new SessionTurns(locks)

/**
 * Sessions are read at the start of a request and written as a whole at the end. Concurrent writing requests of
 * one session run one at a time, or one would overwrite the other. So do submissions of one login form.
 */
export default class ExclusiveSessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const turn = turnOf(ctx)
    if (!turn) return next()
    await turns.run(turn, async () => next())
  }
}
