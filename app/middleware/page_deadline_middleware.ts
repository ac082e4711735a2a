import { pageDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Nobody waits long for a page: one that cannot be had now is refused in time. */
export default class PageDeadlineMiddleware {
  handle(_: HttpContext, next: NextFn) {
    return withDeadline(pageDeadline, async () => next())
  }
}
