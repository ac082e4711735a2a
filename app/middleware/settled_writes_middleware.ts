import { inject } from '@adonisjs/core'
import { Knowledge } from '#knowledge/knowledge'
import { inSpan } from '#tracing/in_span'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * What a request wrote is known to every process before its answer leaves. A request that failed because the
 * database is away promises nothing.
 */
@inject()
export default class SettledWritesMiddleware {
  constructor(private knowledge: Knowledge) {}

  async handle(ctx: HttpContext, next: NextFn) {
    await next()
    if (READS.includes(ctx.request.method())) return
    if (ctx.databaseFailed && ctx.databaseFailed.fate !== 'saved') return
    await inSpan('tell all processes', () => this.knowledge.settle())
  }
}
