import { inject } from '@adonisjs/core'
import { CityCache } from '#caches/city_cache'
import { ShopCache } from '#caches/shop_cache'
import { shopListValidator } from '#validators/shop'
import { categoryTiles } from '#pages/category_tiles'
import { openNowOf } from '#pages/open_now'
import { lenient } from '#validators/lenient'
import type { HttpContext } from '@adonisjs/core/http'

const CITIES = 12
const NEARBY = 6

@inject()
export default class HomeController {
  constructor(
    private shops: ShopCache,
    private cities: CityCache
  ) {}

  async show(ctx: HttpContext) {
    const { request, clock } = ctx
    const asked = await lenient(shopListValidator, request.qs())
    const city = asked.city ? await this.cities.named(asked.city, clock) : null
    const pin = city ? null : (ctx.place?.pin ?? null)
    const [cities, nearby, around] = await Promise.all([
      this.shops.cities(clock),
      city ? this.shops.page(city, null, clock) : null,
      pin ? this.shops.around(pin, clock) : null,
    ])
    const near = around ?? []
    const { key, states } = openNowOf(ctx, near)
    return ctx.keptPage('pages/home', null, {
      from: [cities, nearby, around, key],
      near: pin,
      state: () => ({
        cities: cities.slice(0, CITIES),
        ...{ city, near, pin, openStates: states, tiles: categoryTiles() },
        nearby: nearby?.items.slice(0, NEARBY) ?? [],
      }),
    })
  }
}
