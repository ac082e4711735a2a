import { inject } from '@adonisjs/core'
import type { VineValidator } from '@vinejs/vine'
import type { Infer, SchemaTypes } from '@vinejs/vine/types'
import { answer, answerChanged, answerPage, checkIfMatch } from '#api/answer'
import { idempotent } from '#api/idempotent'
import { valuesAfter } from '#api/products/values'
import { ProductCache } from '#caches/product_cache'
import { UNIQUE } from '#edits/edit_product'
import { locked } from '#edits/locked'
import { reportTaken } from '#validators/report_taken'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Product from '#models/product'
import { textsOf } from '#models/product_texts'
import { Replication } from '#replication/replication'
import { transformProduct, type ProductDetails } from '#transformers/product_transformer'
import { LARGEST_PAGE, productPageValidator } from '#validators/api'
import {
  productChangeValidator,
  productPatchValidator,
  productValidator,
  UNCOUNTED_STOCK,
} from '#validators/api_product'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class ProductsController {
  constructor(
    private products: ProductCache,
    private replication: Replication
  ) {}

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
    const { response, shop } = ctx
    const payload = await this.#payload(ctx, productValidator)
    const { name, category = null, price } = payload
    const stock = payload.base_stock === undefined ? UNCOUNTED_STOCK : undefined
    const goods = valuesAfter({ stock, ...payload }, null, price)
    const values = { name, ...textsOf(payload), category, ...goods }
    const product = await reportTaken(UNIQUE, ctx, () =>
      idempotent(ctx, payload, async (client) => {
        return (await shop.addProduct(values, client)).details
      })
    )
    response.created(transformProduct(shop.id, product))
  }

  async show(ctx: HttpContext) {
    const { auth, clock, own, params } = ctx
    const shopId = params.shop_id
    const product = auth.user!.isShopowner
      ? await own.read(async (client) => {
          return (await auth.user!.findShop(shopId, client)).findProduct(params.product_id, client)
        })
      : await this.replication.readFor(clock, (client) => {
          return Product.notWithdrawn(client).where({ shopId, id: params.product_id }).firstOrFail()
        })
    return answer(ctx, transformProduct(shopId, product))
  }

  async update(ctx: HttpContext) {
    return this.#change(ctx, await this.#payload(ctx, productChangeValidator))
  }

  async patch(ctx: HttpContext) {
    return this.#change(ctx, await this.#payload(ctx, productPatchValidator))
  }

  async destroy({ params, response, shop }: HttpContext) {
    const product = await shop.findProduct(params.product_id)
    await product.delete()
    response.noContent()
  }

  async #page({ auth, clock, own, params }: HttpContext, cursor: string | null, size: number) {
    const user = auth.user!
    const shopId = params.shop_id
    if (!user.isShopowner) return this.products.listing(shopId, cursor, size, clock)
    const what = `listing ${shopId} ${JSON.stringify([cursor, size])}`
    return own.keep(what, async (client) => {
      const shop = await user.findShop(shopId, client)
      return Product.page(shop.id, { cursor, size }, client)
    })
  }

  async #change(ctx: HttpContext, change: Infer<typeof productPatchValidator>) {
    const { params, shop } = ctx
    const { name, category, price } = change
    const product = await reportTaken(UNIQUE, ctx, () =>
      locked(shop.product(params.product_id), (row) => {
        checkIfMatch(ctx, transformProduct(shop.id, row))
        row.merge({
          name: name ?? row.name,
          ...textsOf(change, row),
          category: category === undefined ? row.category : category,
          ...valuesAfter(change, row, price ?? row.pricePaise),
        })
      })
    )
    return answerChanged(ctx, transformProduct(shop.id, product))
  }

  #payload<Schema extends SchemaTypes>(
    { request }: HttpContext,
    validator: VineValidator<Schema, any>
  ) {
    return request.validateUsing(validator, { data: request.body() })
  }
}
