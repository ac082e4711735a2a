import { inject } from '@adonisjs/core'
import { Passed } from '#replication/passed'
import { SeenCookies, toPosition } from '#replication/seen_cookies'
import { SessionClock } from '#replication/session_clock'
import { takesTurn } from '#sessions/takes_turn'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Session key of the last write's position; valid in every process. */
export const WRITTEN_KEY = 'written'

@inject()
export default class ReadYourWritesMiddleware {
  constructor(private passed: Passed) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const { session } = ctx
    const seen = new SeenCookies(ctx, this.passed)
    const written = this.passed.unlessPassed(toPosition(session.get(WRITTEN_KEY)))
    /** Only in requests that hold the session's lock and write it anyway. */
    if (written === 0n && session.has(WRITTEN_KEY) && takesTurn(ctx)) session.forget(WRITTEN_KEY)
    ctx.clock = new SessionClock(written, seen.position)
    await next()
    seen.write(ctx.clock.seen)
  }
}
