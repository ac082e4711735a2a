import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { nameIn } from '#locale/name_in'
import { isCountedAlike } from '#measures/goods'
import Product from '#models/product'

/** Adds the items of an earlier order to the cart, as far as they are in stock. */
export default class ReordersController {
  async store(ctx: HttpContext) {
    const { auth, cart, flash, i18n, params, response } = ctx
    const order = await auth.user!.findOrder(params.order_id)
    const { missing } = await once(ctx, {}, async (client) => {
      const items = await order.related('items').query().useTransaction(client)
      const ids = items.flatMap(({ productId }) => productId ?? [])
      const forSale = await Product.forSale(client).whereIn('id', ids)
      const products = new Map(forSale.map((product) => [product.id, product]))
      const wanted = items.map((item) => {
        const { name, nameHi, quantity } = item
        const found = products.get(item.productId ?? '')
        const product = found && isCountedAlike(found, item) ? found : undefined
        return { product, quantity, name, nameHi }
      })
      const short = await cart.addAvailable(wanted, client)
      return { missing: short.map(({ name, nameHi }) => ({ name, nameHi })) }
    })
    const names = missing.map((item) => nameIn(i18n.locale, item))
    const message = names.length > 0 ? 'orders.reordered_without' : 'orders.reordered'
    flash(i18n.t(message, { names: names.join(', ') }), names.length > 0 ? 'error' : 'success')
    response.redirect().status(303).toRoute('cart.show')
  }
}
