import { listDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** A list of thousands of lines may take longer than a page. */
export default class ListDeadlineMiddleware {
  handle(_: HttpContext, next: NextFn) {
    return withDeadline(listDeadline, async () => next())
  }
}
