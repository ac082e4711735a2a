import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { nameIn } from '#locale/name_in'
import Product from '#models/product'

/** Adds the items of an earlier order to the cart, as far as they are in stock. */
export default class ReordersController {
  async store(ctx: HttpContext) {
    const { auth, cart, flash, i18n, params, response } = ctx
    const order = await auth.user!.findOrder(params.order_id)
    const { missing } = await once(ctx, {}, async (client) => {
      const items = await order.related('items').query().useTransaction(client)
      const ids = items.flatMap(({ productId }) => productId ?? [])
      const found = await Product.forSale(client).whereIn('id', ids)
      const products = new Map(found.map((product) => [product.id, product]))
      const wanted = items.map(({ productId, name, nameHi, quantity }) => {
        return { product: products.get(productId ?? ''), quantity, name, nameHi }
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
