import { parsePosition, type Position } from '#replication/position'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** How fresh this session's reads must be: the position of its last write, or null. */
    position: Position | null
  }
}

export const POSITION_KEY = 'position'

export default class ReadYourWritesMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const kept = ctx.session.get(POSITION_KEY)
    ctx.position = kept ? parsePosition(kept) : null
    return next()
  }
}
