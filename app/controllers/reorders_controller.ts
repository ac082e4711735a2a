import type { HttpContext } from '@adonisjs/core/http'
import Product from '#models/product'

/** Puts what was ordered once into the cart again, as far as the shop still has it. */
export default class ReordersController {
  async store({ auth, cart, flash, i18n, params, response }: HttpContext) {
    const order = await auth.user!.findOrder(params.order_id)
    const items = await order.related('items').query()
    const ids = items.flatMap(({ productId }) => productId ?? [])
    const forSale = await Product.forSale().whereIn('id', ids)
    const products = new Map(forSale.map((product) => [product.id, product]))
    const missing = items.filter(({ productId, quantity }) => {
      const product = products.get(productId ?? '')
      if (!product || cart.refuses(product)) return true
      cart.set(product, Math.min(quantity, product.stock))
      return quantity > product.stock
    })
    const names = missing.map(({ name, nameHi }) => (i18n.locale === 'hi' && nameHi) || name)
    const message = names.length > 0 ? 'orders.reordered_without' : 'orders.reordered'
    flash(i18n.t(message, { names: names.join(', ') }), names.length > 0 ? 'error' : 'success')
    response.redirect().status(303).toRoute('cart.show')
  }
}
