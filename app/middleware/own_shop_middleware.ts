import type { HttpContext } from '@adonisjs/core/http'
import Shop from '#models/shop'
import type { NextFn } from '@adonisjs/core/types/http'

/** Loads the shop of an owner's route; another owner's shop does not exist (404). */
export default class OwnShopMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const id = ctx.params.shop_id ?? ctx.params.id
    ctx.shop = await (ctx.own.isLook ? this.#shown(ctx, id) : ctx.auth.user!.findShop(id))
    return next()
  }

  async #shown({ auth, own }: HttpContext, id: string) {
    const row = await own.keep(`shop ${id}`, (client) => auth.user!.shopRow(id, client))
    return Shop.$createFromAdapterResult(row) as Shop
  }
}
