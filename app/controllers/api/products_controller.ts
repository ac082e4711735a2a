import { inject } from '@adonisjs/core'
import { answerPage } from '#api/answer'
import { idempotent } from '#api/idempotent'
import { ProductCache } from '#caches/product_cache'
import { reportTaken } from '#exceptions/report_taken'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Product from '#models/product'
import { transformProduct, type ProductDetails } from '#transformers/product_transformer'
import {
  LARGEST_PAGE,
  productPageValidator,
  productValidator,
  UNCOUNTED_STOCK,
} from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

const UNIQUE = { products_shop_id_name_unique: 'name' }

@inject()
export default class ProductsController {
  constructor(private products: ProductCache) {}

  async index(ctx: HttpContext) {
    const { request, params } = ctx
    const data = request.qs()
    const { cursor = null, limit = LARGEST_PAGE } = await request.validateUsing(
      productPageValidator,
      { data }
    )
    const page = await this.#page(ctx, cursor, limit)
    if (!page) throw new ResourceNotFound('Shop')
    return answerPage(ctx, page, (item: ProductDetails) => transformProduct(params.shop_id, item))
  }

  async store(ctx: HttpContext) {
    const { auth, params, request, response } = ctx
    const shop = await auth.user!.findShop(params.shop_id)
    const payload = await this.#payload(request)
    const { price, name_hi: nameHi, ...given } = payload
    const values = { unit: '1 piece', stock: UNCOUNTED_STOCK, nameHi: nameHi ?? null, ...given }
    const product = await reportTaken(UNIQUE, ctx, () =>
      idempotent(ctx, payload, async (client) => {
        const all = { category: null, ...values, pricePaise: price }
        const { details } = await shop.related('products').create(all, { client })
        return details
      })
    )
    response.created(transformProduct(shop.id, product))
  }

  async update(ctx: HttpContext) {
    const { auth, params, request } = ctx
    const shop = await auth.user!.findShop(params.shop_id)
    const product = await shop.findProduct(params.product_id)
    const { price, name_hi: nameHi = product.nameHi, ...given } = await this.#payload(request)
    await reportTaken(UNIQUE, ctx, () =>
      product.merge({ ...given, nameHi, pricePaise: price }).save()
    )
    return transformProduct(shop.id, product)
  }

  async destroy({ auth, params, response }: HttpContext) {
    const shop = await auth.user!.findShop(params.shop_id)
    const product = await shop.findProduct(params.product_id)
    await product.delete()
    response.noContent()
  }

  async #page({ auth, clock, params }: HttpContext, cursor: string | null, size: number) {
    const user = auth.user!
    if (!user.isShopowner) return this.products.listing(params.shop_id, cursor, size, clock)
    const shop = await user.findShop(params.shop_id)
    return Product.page(shop.id, { cursor, size })
  }

  #payload(request: HttpContext['request']) {
    return request.validateUsing(productValidator, { data: request.body() })
  }
}
