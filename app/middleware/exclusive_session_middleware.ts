import locks from '@adonisjs/lock/services/main'
import { SESSION_COOKIE } from '#config/session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * A session is read at the start of a request and written as a whole at its end. Requests of one session
 * that write, such as two quick clicks on `Add`, take turns, or the second would undo the first.
 */
export default class ExclusiveSessionMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    const sessionId = request.cookie(SESSION_COOKIE)
    if (READS.includes(request.method()) || !sessionId) return next()

    const turn = locks.createLock(`session:${sessionId}`, '30s')
    const taken = await turn.acquire({ retry: { delay: 20, timeout: '10s' } })
    try {
      await next()
    } finally {
      if (taken) await turn.release().catch(() => {})
    }
  }
}
