import { inject } from '@adonisjs/core'
import { CityCache } from '#caches/city_cache'
import { SearchEngine, type Suggestions } from '#search/search_engine'
import { SearchUnavailable } from '#search/search_unavailable'
import { suggestionValidator } from '#validators/search'
import type { HttpContext } from '@adonisjs/core/http'

const SIZE = 5
const FEWEST_LETTERS = 2
const NONE: Suggestions = { products: [], shops: [], categories: [] }

@inject()
export default class SuggestionsController {
  constructor(
    private engine: SearchEngine,
    private cities: CityCache
  ) {}

  async index(ctx: HttpContext) {
    const { q, city: typed } = await suggestionValidator.validate(ctx.request.qs())
    const city = typed && (await this.cities.named(typed, ctx.clock))
    const isEnough = [...q].length >= FEWEST_LETTERS
    const suggestions = isEnough ? await this.#suggest(q, city, ctx) : NONE
    return ctx.keptPage('pages/suggestions/index', 'partials/suggestions/list', {
      from: [suggestions],
      asked: { q, city },
      state: () => ({ q, city, ...suggestions }),
    })
  }

  /** Empty when search is unavailable: typing still works. */
  async #suggest(prefix: string, city: string | null, { clock, logger }: HttpContext) {
    try {
      return await this.engine.suggest({ prefix, city, size: SIZE }, clock)
    } catch (error) {
      if (!(error instanceof SearchUnavailable)) throw error
      logger.error({ err: error }, 'suggestions unavailable')
      return NONE
    }
  }
}
