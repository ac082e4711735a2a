import { inject } from '@adonisjs/core'
import { answer, answerPage } from '#api/answer'
import { idempotent } from '#api/idempotent'
import { ProductCache } from '#caches/product_cache'
import { ShopCache } from '#caches/shop_cache'
import { OrderRefused } from '#exceptions/order_refused'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Shop from '#models/shop'
import { transformShop } from '#transformers/shop_transformer'
import { LARGEST_PAGE, shopPageValidator, shopValidator } from '#validators/api'
import type { DatabaseError } from 'pg'
import type { HttpContext } from '@adonisjs/core/http'

/** Constraints that keep a shop which customers still count on. */
const KEEPS_SHOP = ['orders_open_have_a_shop', 'khatas_shop_id_foreign']

@inject()
export default class ShopsController {
  constructor(
    private shops: ShopCache,
    private products: ProductCache
  ) {}

  async index(ctx: HttpContext) {
    const { auth, clock, request } = ctx
    const user = auth.user!
    const data = request.qs()
    const { cursor = null, limit: size = LARGEST_PAGE } = await request.validateUsing(
      shopPageValidator,
      { data }
    )
    const page = user.isShopowner
      ? await Shop.listing({ ownerId: user.id, cursor, size })
      : await this.shops.listing(cursor, size, clock)
    return answerPage(ctx, page, transformShop)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.user!
    const { name, city } = await request.validateUsing(shopValidator, { data: request.body() })
    const { id } = await idempotent(ctx, { name, city }, async (client) => {
      const shop = await user.related('shops').create({ name, city }, { client })
      return { id: shop.id }
    })
    response.ok(transformShop({ id, name, city, pinCode: null, owner: user.username }))
  }

  async show(ctx: HttpContext) {
    const { auth, clock, params } = ctx
    const user = auth.user!
    const shop = user.isShopowner
      ? { ...(await user.findShop(params.id)).summary, owner: user.username }
      : await this.products.shop(params.id, clock)
    if (!shop) throw new ResourceNotFound('Shop')
    return answer(ctx, transformShop(shop))
  }

  async destroy({ auth, params, response }: HttpContext) {
    const shop = await auth.user!.findShop(params.id)
    await shop.delete().catch((error: DatabaseError) => {
      if (!KEEPS_SHOP.includes(error.constraint ?? '')) throw error
      throw new OrderRefused('The shop has open orders, or a khata that is not settled', 409, error)
    })
    response.noContent()
  }
}
