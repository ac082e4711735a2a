import { inject } from '@adonisjs/core'
import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import Product from '#models/product'
import { Replication } from '#replication/replication'
import { cartItemValidator, quantityValidator } from '#validators/cart_item'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class CartItemsController {
  constructor(private replication: Replication) {}

  async store(ctx: HttpContext) {
    const { request, response, cart, i18n, view } = ctx
    const item = await request.validateUsing(cartItemValidator)
    const product = await this.replication.readFor(ctx.clock, (client) => {
      return Product.forSale(client).where('id', item.product_id).firstOrFail()
    })
    const refused = await cart.add(product, item.quantity ?? 1)
    const status = i18n.t(refused ?? 'status.added_to_cart', { name: product.name })
    const kind = refused ? 'error' : 'success'

    if (ctx.isFragment) {
      return view.render('partials/products/added', { product: product.details, status, kind })
    }
    ctx.flash(status, kind)
    response.redirect().status(303).back('/cart')
  }

  async update(ctx: HttpContext) {
    const { quantity, seen } = await ctx.request.validateUsing(quantityValidator)
    const item = ctx.cart.items.find(({ productId }) => productId === ctx.params.id)
    const now = item?.quantity ?? 0
    if (seen !== undefined && now !== seen && now !== quantity) return refuseOldCart(ctx)
    await ctx.cart.change(ctx.params.id, quantity)
    return answerWithCart(ctx, quantity === 0 ? 'status.item_removed' : 'status.cart_updated')
  }

  async destroy(ctx: HttpContext) {
    await ctx.cart.remove(ctx.params.id)
    return answerWithCart(ctx, 'status.item_removed')
  }
}
