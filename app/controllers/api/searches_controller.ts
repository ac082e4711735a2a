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
      country = null,
      order: by = 'relevance',
      size = 10,
    } = await request.validateUsing(searchValidator, { data: request.qs() })
    const city = typed ? await this.cities.named(typed, clock) : null
    const order = by === 'comparison_price' ? 'unit_price' : by
    const query = searchFor({ q, type, city, country, order, size })
    const found = await this.engine.search(query, clock)
    return answerShared(ctx, found, ({ count, hits }) => ({
      count,
      results: hits.map(transformHit),
    }))
  }
}
