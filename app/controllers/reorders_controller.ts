import type { HttpContext } from '@adonisjs/core/http'
import { changeSince, isBuyable } from '#cart/bought_again'
import { once } from '#forms/once'
import { goodsOf } from '#measures/goods'
import Product from '#models/product'
import { answerWithReorder, type Changed } from '#responses/answer_with_reorder'

/** The cart has at least the items of an earlier order, as far as they are in stock. */
export default class ReordersController {
  async store(ctx: HttpContext) {
    const { auth, cart, params } = ctx
    const order = await auth.user!.findOrder(params.order_id)
    const { changed } = await once(ctx, {}, async (client) => {
      const items = await order.related('items').query().useTransaction(client).orderBy('name')
      const ids = items.flatMap(({ productId }) => productId ?? [])
      const forSale = await Product.forSale(client).whereIn('id', ids)
      const wanted = items.map((item) => {
        const { name, nameHi, quantity, pricePaise } = item
        const found = forSale.find(({ id }) => id === item.productId)
        const change = changeSince({ ...goodsOf(item), quantity, pricePaise }, found)
        return { product: isBuyable(change) ? found : undefined, quantity, name, nameHi, change }
      })
      const short = await cart.raise(wanted, client)
      return { changed: wanted.flatMap((item) => changedOf(item, short.includes(item))) }
    })
    return answerWithReorder(ctx, order.shopId, changed)
  }
}

/** A full cart takes less than there is in stock. */
function changedOf(
  { name, nameHi, change }: Omit<Changed, 'change'> & { change: Changed['change'] | null },
  isShort: boolean
): Changed[] {
  const all = change ?? (isShort ? 'fewer' : null)
  return all ? [{ name, nameHi, change: all }] : []
}
