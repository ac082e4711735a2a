import { inject } from '@adonisjs/core'
import { answerShared } from '#api/answer'
import { CityCache } from '#caches/city_cache'
import { SearchEngine, searchFor } from '#search/search_engine'
import { transformHit } from '#transformers/search_hit_transformer'
import { searchValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class SearchesController {
  constructor(
    private engine: SearchEngine,
    private cities: CityCache
  ) {}

  async show(ctx: HttpContext) {
    const { clock, request } = ctx
    const {
      q,
      type = 'all',
      city: typed,
      size = 10,
    } = await request.validateUsing(searchValidator, { data: request.qs() })
    const city = typed ? await this.cities.named(typed, clock) : null
    const found = await this.engine.search(searchFor({ q, type, city, size }), clock)
    return answerShared(ctx, found, ({ count, hits }) => ({
      count,
      results: hits.map(transformHit),
    }))
  }
}
