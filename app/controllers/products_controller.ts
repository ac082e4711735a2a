import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import { deliveryTo } from '#delivery/delivery_to'
import { shopBar } from '#pages/shop_bar'

@inject()
export default class ProductsController {
  constructor(private products: ProductCache) {}

  async show(ctx: HttpContext) {
    const { params, request } = ctx
    const shown = await this.products.one(params.shop_id, params.id, ctx.clock)
    if (!shown) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return ctx.keptPage('pages/products/show', null, {
      from: [shown],
      personal: {
        bar: await shopBar(ctx, shown.shop),
        delivery: deliveryTo(shown.shop, ctx.place, 0),
      },
      state: () => shown,
    })
  }
}
