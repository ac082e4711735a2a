import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Loads the shop of an owner's route; another owner's shop does not exist (404). */
export default class OwnShopMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { auth, params } = ctx
    ctx.shop = await auth.user!.findShop(params.shop_id ?? params.id)
    return next()
  }
}
