import { inject } from '@adonisjs/core'
import { afterSaving } from '#responses/after_saving'
import { WRITTEN_KEY } from '#middleware/read_your_writes_middleware'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** For routes that write shared data: the session stores a position at or past its commit. */
@inject()
export default class WritesMiddleware {
  constructor(private replication: Replication) {}

  async handle(ctx: HttpContext, next: NextFn) {
    await next()
    if (ctx.request.method() === 'GET') return
    const position = await afterSaving(ctx, () => this.replication.currentPosition())
    ctx.session.put(WRITTEN_KEY, formatPosition(position))
  }
}
