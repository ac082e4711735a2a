import { inject } from '@adonisjs/core'
import { Replication } from '#replication/replication'
import { SeenCookies, toPosition } from '#replication/seen_cookies'
import { SessionClock } from '#replication/session_clock'
import { takesTurn } from '#sessions/takes_turn'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** Minimum freshness of this request's reads. */
    clock: SessionClock
  }
}

/** Session key of the last write's position; valid in every process. */
export const WRITTEN_KEY = 'written'

@inject()
export default class ReadYourWritesMiddleware {
  constructor(private replication: Replication) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const { session } = ctx
    const seen = new SeenCookies(ctx)
    await this.#dropWhenPassed(ctx)
    ctx.clock = new SessionClock(toPosition(session.get(WRITTEN_KEY)), seen.position)
    await next()
    seen.write(ctx.clock.seen)
  }

  /** Only in requests that hold the session's lock and write it anyway. */
  async #dropWhenPassed(ctx: HttpContext) {
    const { session } = ctx
    const written = session.get(WRITTEN_KEY)
    if (!written || !takesTurn(ctx)) return
    if (await this.replication.everyReplicaHas(written)) session.forget(WRITTEN_KEY)
  }
}
