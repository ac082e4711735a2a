import { pageDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** A short deadline: a page that cannot load in time fails early. */
export default class PageDeadlineMiddleware {
  handle(_: HttpContext, next: NextFn) {
    return withDeadline(pageDeadline, async () => next())
  }
}
