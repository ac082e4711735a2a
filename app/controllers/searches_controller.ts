import { inject } from '@adonisjs/core'
import { ShopCache } from '#caches/shop_cache'
import { SearchEngine } from '#search/search_engine'
import { searchValidator } from '#validators/search'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class SearchesController {
  constructor(
    private engine: SearchEngine,
    private shops: ShopCache
  ) {}

  async show(ctx: HttpContext) {
    const query = await ctx.request.validateUsing(searchValidator)
    const [{ count, hits: results }, cities] = await Promise.all([
      this.engine.search(query, ctx.clock.needed),
      this.shops.cities(ctx.clock),
    ])
    return ctx.page('pages/searches/show', 'partials/searches/results', {
      query,
      count,
      results,
      cities,
      unavailable: false,
    })
  }
}
