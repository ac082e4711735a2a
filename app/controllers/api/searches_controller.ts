import { inject } from '@adonisjs/core'
import { answerShared } from '#api/answer'
import { SearchEngine, searchFor } from '#search/search_engine'
import { transformHit } from '#transformers/search_hit_transformer'
import { searchValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class SearchesController {
  constructor(private engine: SearchEngine) {}

  async show(ctx: HttpContext) {
    const { clock, request } = ctx
    const {
      q,
      type = 'all',
      city = null,
      size = 10,
    } = await request.validateUsing(searchValidator, { data: request.qs() })
    const found = await this.engine.search(searchFor({ q, type, city, size }), clock)
    return answerShared(ctx, found, ({ count, hits }) => ({
      count,
      results: hits.map(transformHit),
    }))
  }
}
