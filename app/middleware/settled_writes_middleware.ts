import { inject } from '@adonisjs/core'
import { outcomeOf } from '#exceptions/outcome_of'
import { Knowledge } from '#knowledge/knowledge'
import { isDatabaseFailure } from '#replication/database_away'
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

  async handle({ request }: HttpContext, next: NextFn) {
    if (READS.includes(request.method())) return next()
    try {
      await next()
    } catch (error) {
      const isUnknown = isDatabaseFailure(error) && outcomeOf(error, request) !== 'saved'
      if (!isUnknown) await this.knowledge.settle()
      throw error
    }
    await this.knowledge.settle()
  }
}
