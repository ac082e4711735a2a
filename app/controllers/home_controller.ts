import { inject } from '@adonisjs/core'
import { ShopCache } from '#caches/shop_cache'
import { shopListValidator } from '#validators/shop'
import { lenient } from '#validators/lenient'
import type { HttpContext } from '@adonisjs/core/http'

const CITIES = 12
const NEARBY = 6

@inject()
export default class HomeController {
  constructor(private shops: ShopCache) {}

  async show(ctx: HttpContext) {
    const { request, clock } = ctx
    const { city } = await lenient(shopListValidator, request.qs())
    const [cities, nearby] = await Promise.all([
      this.shops.cities(clock),
      city ? this.shops.page(city, null, clock) : null,
    ])
    return ctx.keptPage('pages/home', null, {
      from: [cities, nearby],
      state: () => ({
        cities: cities.slice(0, CITIES),
        city: city ?? null,
        nearby: nearby?.items.slice(0, NEARBY) ?? [],
      }),
    })
  }
}
