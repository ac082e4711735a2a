import type { HttpContext } from '@adonisjs/core/http'
import type Shop from '#models/shop'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** The owner's shop that the URL names. */
    shop: Shop
  }
}

/** Loads the shop of an owner's route; another owner's shop does not exist (404). */
export default class OwnShopMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, params } = ctx
    ctx.shop = await auth.user!.findShop(params.shop_id ?? params.id)
    return next()
  }
}
