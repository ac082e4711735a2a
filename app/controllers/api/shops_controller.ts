import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { answer, answerPage } from '#api/answer'
import { idempotent } from '#api/idempotent'
import { ProductCache } from '#caches/product_cache'
import { ShopCache } from '#caches/shop_cache'
import { deliveryTo } from '#delivery/delivery_to'
import { ClosingRefused } from '#exceptions/closing_refused'
import { OrderRefused } from '#exceptions/order_refused'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Shop from '#models/shop'
import { termsOfShops } from '#models/shop_terms'
import type User from '#models/user'
import { transformShop, transformShopDetail } from '#transformers/shop_transformer'
import { LARGEST_PAGE, shopPageValidator, shopShowValidator, shopValidator } from '#validators/api'
import type { HttpContext } from '@adonisjs/core/http'

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
    const asked = await request.validateUsing(shopValidator, { data: request.body() })
    const { name } = asked
    const { id, city = asked.city } = await idempotent(ctx, asked, async (client) => {
      const shop = await user.openShop(asked, client)
      return { id: shop.id, city: shop.city }
    })
    response.ok(transformShop({ id, name, city, pinCode: null, owner: user.username }))
  }

  async show(ctx: HttpContext) {
    const { auth, clock, params, request } = ctx
    const user = auth.user!
    const data = request.qs()
    const { pin_code: pin } = await request.validateUsing(shopShowValidator, { data })
    const [shop, terms] = user.isShopowner
      ? await this.#own(user, params.id)
      : await Promise.all([
          this.products.shop(params.id, clock),
          this.products.terms(params.id, clock),
        ])
    if (!shop) throw new ResourceNotFound('Shop')
    const delivery = terms && deliveryTo(terms, pin ? { pin } : null, 0)
    return answer(ctx, transformShopDetail(shop, delivery, terms))
  }

  async #own(user: User, id: string) {
    const shop = await user.findShop(id)
    const [terms = null] = await termsOfShops([id], db.connection())
    return [{ ...shop.summary, owner: user.username }, terms] as const
  }

  async destroy({ response, shop }: HttpContext) {
    await shop.close({ whenEven: true }).catch((error) => {
      if (!(error instanceof ClosingRefused)) throw error
      throw new OrderRefused(error.message, 409, error)
    })
    response.noContent()
  }
}
