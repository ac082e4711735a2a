import { inject } from '@adonisjs/core'
import { ShopCache } from '#caches/shop_cache'
import { SearchEngine, searchFor, type SearchQuery } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
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
    const [found, cities] = await Promise.all([
      this.#search(query, ctx),
      this.shops.cities(ctx.clock),
    ])
    if (found === null) ctx.response.status(503)
    return ctx.page('pages/searches/show', 'partials/searches/results', {
      query,
      cities,
      count: found?.count ?? 0,
      more: found?.more ?? false,
      results: found?.hits ?? [],
      simpler: found?.simpler ?? false,
      unavailable: found === null,
    })
  }

  /** Null when the engine is down, which the page says. */
  async #search(query: Partial<SearchQuery>, { clock, logger }: HttpContext) {
    try {
      return await this.engine.search(searchFor(query), clock)
    } catch (error) {
      if (!(error instanceof SearchUnavailable)) throw error
      logger.error({ err: error }, 'search unavailable')
      return null
    }
  }
}
