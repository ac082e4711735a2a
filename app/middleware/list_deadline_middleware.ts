import { listDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** A longer deadline for imports and exports. */
export default class ListDeadlineMiddleware {
  handle(_: HttpContext, next: NextFn) {
    return withDeadline(listDeadline, async () => next())
  }
}
