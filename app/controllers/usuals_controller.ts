import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import Shop from '#models/shop'
import { usualProducts } from '#models/usual'
import { answerWithReorder, type Changed } from '#responses/answer_with_reorder'

/** Puts what the customer usually gets from the shop into the cart, except what is there already. */
export default class UsualsController {
  async store(ctx: HttpContext) {
    const { auth, cart, params } = ctx
    const shop = await Shop.findOrFail(params.shop_id)
    const { changed } = await once(ctx, {}, async (client) => {
      const usual = await usualProducts(auth.user!.id, shop.id, client)
      const wanted = usual.filter(({ product }) => cart.amountOf(product) === 0)
      const short = await cart.raise(wanted, client)
      return {
        changed: short.map(({ product }): Changed => {
          const { name, nameHi, stock } = product
          return { name, nameHi, change: stock > 0 ? 'fewer' : 'sold_out' }
        }),
      }
    })
    return answerWithReorder(ctx, shop.id, changed, 'orders.usual_added')
  }
}
