import { changeStock, editProduct, stockEdit } from '#edits/edit_product'
import { productTexts } from '#edits/texts'
import { nameIn } from '#locale/name_in'
import { AmountText } from '#measures/amount_text'
import { CATEGORIES } from '#models/category'
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
      return this.#show(ctx, shop, product, edit.state(productTexts(product.details)))
    })
    let product: Product
    const rows = shop.product(params.product_id)
    if (request.input('change') === null || request.input('change') === undefined) {
      product = await editProduct(ctx, rows, edit)
    } else {
      product = await changeStock(ctx, rows)
    }
    const name = nameIn(i18n.locale, product)
    const n = AmountText.in(i18n).stockWords(product.stock, product)
    const status = i18n.t('status.stock_now', { name, n })
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
