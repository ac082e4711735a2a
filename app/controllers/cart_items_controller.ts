import { inject } from '@adonisjs/core'
import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import { pageBefore } from '#markup/page_at'
import Product from '#models/product'
import { Replication } from '#replication/replication'
import { cartItemValidator, quantityValidator, seenValidator } from '#validators/cart_item'
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
    const refused = await cart.add(product, item.quantity ?? 1, item.seen)
    const count = cart.quantityOf(product.id)
    const said = { name: product.name, count, n: i18n.formatNumber(count) }
    const status = i18n.t(refused ?? 'status.added_to_cart', said)
    const kind = refused ? 'error' : 'success'

    if (ctx.isFragment) {
      return view.render('partials/products/added', { product: product.details, status, kind })
    }
    ctx.flash(status, kind)
    response
      .redirect()
      .status(303)
      .toPath(`${pageBefore(ctx) ?? '/cart'}#buy-${product.id}`)
  }

  async update(ctx: HttpContext) {
    const { quantity, seen } = await ctx.request.validateUsing(quantityValidator)
    return this.#set(ctx, quantity, seen)
  }

  async destroy(ctx: HttpContext) {
    const { seen } = await ctx.request.validateUsing(seenValidator)
    return this.#set(ctx, 0, seen)
  }

  async #set(ctx: HttpContext, quantity: number, seen?: number) {
    const { id } = ctx.params
    const next = quantity === 0 ? ctx.cart.lineAfter(id) : id
    const refused = await ctx.cart.change(id, quantity, seen)
    if (refused) return refuseOldCart(ctx, refused)
    const message = quantity === 0 ? 'status.item_removed' : 'status.cart_updated'
    return answerWithCart(ctx, message, 'success', next)
  }
}
