import app from '@adonisjs/core/services/app'
import StaticMiddleware from '@adonisjs/static/static_middleware'
import { isApi } from '#api/is_api'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const files = await app.container.make(StaticMiddleware)

/** Files of `public/`; skipped for API routes. */
export default class StaticFilesMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    return isApi(ctx) ? next() : files.handle(ctx, next)
  }
}
