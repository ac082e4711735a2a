import { editProduct, stockEdit } from '#edits/edit_product'
import { productTexts } from '#edits/texts'
import { CATEGORIES } from '#models/category'
import { stockChangeValidator } from '#validators/product'
import type { HttpContext } from '@adonisjs/core/http'
import type Product from '#models/product'
import type Shop from '#models/shop'

/** The fields of a product that can be edited in the list. */
export default class StockController {
  async update(ctx: HttpContext) {
    const { i18n, params, request, response, shop } = ctx
    const edit = stockEdit(ctx)
    ctx.whenInvalid(async () => {
      const product = await shop.findProduct(params.product_id)
      return this.#show(ctx, shop, product, edit.state(productTexts(product)))
    })
    let product: Product
    if (request.input('change') === null || request.input('change') === undefined) {
      product = await editProduct(ctx, shop.product(params.product_id), edit)
    } else {
      product = await shop.findProduct(params.product_id)
      const { change } = await request.validateUsing(stockChangeValidator)
      await product.changeStock(change)
    }
    const n = i18n.formatNumber(product.stock)
    const status = i18n.t('status.stock_now', { name: product.name, n })
    if (ctx.isFragment) return this.#show(ctx, shop, product, { status })
    ctx.flash(status)
    response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  #show(ctx: HttpContext, shop: Shop, product: Product, state: Record<string, unknown>) {
    return ctx.page('pages/owner/products/edit', 'partials/owner/products/row', {
      shop: shop.summary,
      categories: CATEGORIES,
      product: product.details,
      ...state,
    })
  }
}
