import { inject } from '@adonisjs/core'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { Replication } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** How fresh the reads of this request must be. */
    clock: SessionClock
  }
}

/** The position of the session's last write, in the session: it holds in every process. */
export const WRITTEN_KEY = 'written'

/** The latest position that this browser was shown, in a cookie: showing a page never writes the session. */
const SEEN_COOKIE = 'seen'

@inject()
export default class ReadYourWritesMiddleware {
  constructor(private replication: Replication) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const { session, request, response } = ctx
    const seen = request.cookie(SEEN_COOKIE)
    await this.#dropWhenPassed(ctx)
    ctx.clock = new SessionClock(toPosition(session.get(WRITTEN_KEY)), toPosition(seen))
    const needed = ctx.clock.needed
    await next()
    if (ctx.clock.needed > needed) {
      response.cookie(SEEN_COOKIE, formatPosition(ctx.clock.needed), { maxAge: '1h' })
    }
  }

  /** Only where the session is written anyway and by nobody else at the same time. */
  async #dropWhenPassed({ session, request }: HttpContext) {
    const written = session.get(WRITTEN_KEY)
    if (!written || request.method() === 'GET') return
    if (await this.replication.everyReplicaHas(written)) session.forget(WRITTEN_KEY)
  }
}

function toPosition(text: unknown): Position | null {
  try {
    return text ? parsePosition(String(text)) : null
  } catch {
    return null
  }
}
