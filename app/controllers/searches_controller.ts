import { inject } from '@adonisjs/core'
import router from '@adonisjs/core/services/router'
import { CityCache } from '#caches/city_cache'
import { ShopCache } from '#caches/shop_cache'
import { searchFilters } from '#pages/search_filters'
import { citiesNear, nearestOf } from '#search/near'
import { NOTHING, PRICE_BANDS, SearchEngine, searchFor } from '#search/search_engine'
import { ZeroResultSearches } from '#search/zero_results/zero_result_searches'
import { SearchUnavailable } from '#search/search_unavailable'
import { searchValidator } from '#validators/search'
import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import type { Deliverer, SearchResults } from '#search/search_engine'

type Asked = Infer<typeof searchValidator>

/** Where the customer is, and what is near. */
interface Place {
  pin: string | null
  near: string[]
  deliverers: Deliverer[]
}

const SUGGESTIONS = 5

@inject()
export default class SearchesController {
  constructor(
    private engine: SearchEngine,
    private shops: ShopCache,
    private cities: CityCache,
    private zeroResults: ZeroResultSearches
  ) {}

  async show(ctx: HttpContext) {
    const typed = await searchValidator.validate(ctx.request.qs())
    const city = typed.city && (await this.cities.named(typed.city, ctx.clock))
    const asked = { ...typed, city }
    const pin = typed.pin ?? ctx.place?.pin ?? null
    const [areas, deliverers] = await this.#around(pin, ctx)
    const place = { pin, near: pin ? citiesNear(pin, areas) : [], deliverers }
    const [found, cities] = await Promise.all([
      this.#unlessDown(ctx, async () => this.#search(asked, place, ctx)),
      this.shops.cities(ctx.clock),
    ])
    if (found === null) ctx.response.status(503)
    const person = ctx.auth.user?.id ?? ctx.request.ip()
    const isCounted = found !== null && this.zeroResults.note(asked, found, person)
    const instead = found?.count === 0 ? await this.#instead(asked, ctx) : null
    return ctx.keptPage('pages/searches/show', 'partials/searches/results', {
      from: [found, cities, instead, pin && areas, pin && deliverers],
      asked,
      near: pin,
      isCounted,
      state: () => stateOf(asked, found, place, { cities, instead }),
    })
  }

  #around(pin: string | null, { clock }: HttpContext) {
    if (!pin) return [[], []]
    return Promise.all([this.shops.pinAreas(clock), this.shops.delivering(pin, clock)])
  }

  async #search(asked: Asked, place: Place, { clock }: HttpContext): Promise<SearchResults> {
    const { q, type, city, category, brand, country, size, price, stock } = asked
    const band = price === null ? null : PRICE_BANDS[price]
    const query = searchFor({
      ...{ q, type, city, category, brand, country, size },
      priceFrom: band?.from ?? null,
      priceTo: band?.to ? band.to - 1 : null,
      inStock: stock,
      order: orderOf(asked, place),
      near: place.near,
      deliverers: place.deliverers,
      grouped: true,
      facets: true,
    })
    return this.engine.search(query, clock)
  }

  /** Suggestions when nothing was found: other cities, other spellings. */
  #instead({ q }: Asked, ctx: HttpContext) {
    return this.#unlessDown(ctx, () => {
      return this.engine.suggest({ prefix: q, city: null, size: SUGGESTIONS }, ctx.clock)
    })
  }

  /** Null when search is unavailable; the page says so. */
  async #unlessDown<T>({ logger }: HttpContext, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof SearchUnavailable)) throw error
      logger.error({ err: error }, 'search unavailable')
      return null
    }
  }
}

function orderOf({ order }: Asked, { near, deliverers }: Place) {
  return order ?? (near.length + deliverers.length > 0 ? 'nearest' : 'relevance')
}

function stateOf(query: Asked, found: SearchResults | null, place: Place, around: object) {
  const results = found ?? NOTHING
  const links = linksOf(query)
  const order = orderOf(query, place)
  const { pin, near, deliverers } = place
  return {
    ...{ query, bands: PRICE_BANDS, ...around, ...links, ...results },
    ...searchFilters(query, results.facets, links.hrefFor),
    ...(order === 'nearest'
      ? nearestOf(results.hits, near, deliverers)
      : nearestOf(results.hits, [])),
    ...{ pin, order },
    results: results.hits,
    simpler: results.simpler ?? false,
    unavailable: found === null,
  }
}

/** Links to the same search with one change, and whether any filter is set. */
function linksOf({ size, ...asked }: Asked) {
  const { type, stock } = asked
  const shown = { type: type === 'all' ? null : type, stock: stock ? 1 : null, wrongPin: null }
  const here = { ...asked, ...shown }
  const hrefFor = (changes: object) => {
    const given = Object.entries({ ...here, ...changes }).filter(
      ([, value]) => value !== null && value !== ''
    )
    return router.makeUrl('searches.show', {}, { qs: Object.fromEntries(given) })
  }
  const { q, order, ...narrowing } = here
  return { hrefFor, narrowed: Object.values(narrowing).some((value) => value !== null) }
}
