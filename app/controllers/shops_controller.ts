import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { CityCache } from '#caches/city_cache'
import { ProductCache } from '#caches/product_cache'
import { ShopCache } from '#caches/shop_cache'
import { openNow, openNowOf } from '#pages/open_now'
import { lenient } from '#validators/lenient'
import { productListValidator } from '#validators/product'
import { shopListValidator } from '#validators/shop'

@inject()
export default class ShopsController {
  constructor(
    private shops: ShopCache,
    private products: ProductCache,
    private cities: CityCache
  ) {}

  async index(ctx: HttpContext) {
    const asked = await lenient(shopListValidator, ctx.request.qs())
    const { after = null } = asked
    const city = asked.city ? await this.cities.named(asked.city, ctx.clock) : null
    const [page, cities] = await Promise.all([
      this.shops.page(city, after, ctx.clock),
      this.shops.cities(ctx.clock),
    ])
    const { key, states } = openNowOf(ctx, page.items)
    return ctx.keptPage('pages/shops/index', 'partials/shops/list', {
      from: [page, cities, key],
      asked: { city, after },
      state: () => ({ city, cities, openStates: states, ...page }),
    })
  }

  async show(ctx: HttpContext) {
    const { request, params } = ctx
    const { after = null } = await lenient(productListValidator, request.qs())
    const list = await this.products.list(params.id, after, ctx.clock)
    if (!list) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const { key, state: openState } = openNow(ctx, list.shop.opening)
    return ctx.keptPage('pages/shops/show', 'partials/products/list', {
      from: [list, key],
      asked: { after },
      state: () => ({ ...list, openState }),
    })
  }
}
