import { inject } from '@adonisjs/core'
import { WRITTEN_KEY } from '#middleware/read_your_writes_middleware'
import { formatPosition } from '#replication/position'
import { Replication } from '#replication/replication'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** For routes that write what others read: the session keeps a position at or past its own commit. */
@inject()
export default class WritesMiddleware {
  constructor(private replication: Replication) {}

  async handle({ session, request }: HttpContext, next: NextFn) {
    await next()
    if (request.method() === 'GET') return
    session.put(WRITTEN_KEY, formatPosition(await this.replication.currentPosition()))
  }
}
