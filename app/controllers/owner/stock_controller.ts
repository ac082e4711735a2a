import { CATEGORIES } from '#models/category'
import { stockValidator } from '#validators/product'
import type { HttpContext } from '@adonisjs/core/http'

export default class StockController {
  async update(ctx: HttpContext) {
    const { auth, params, request, response, view, i18n } = ctx
    const shop = await auth.user!.findShop(params.shop_id)
    const product = await shop.findProduct(params.product_id)
    const { stock, change } = await request.validateUsing(stockValidator)
    await (change === undefined
      ? product.setStock(stock ?? product.stock)
      : product.changeStock(change))
    const status = i18n.t('status.stock_updated')
    if (!ctx.isFragment) {
      ctx.flash(status)
      return response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
    }
    return view.render('partials/owner/products/row', {
      shop: shop.summary,
      categories: CATEGORIES,
      product: product.details,
      status,
      fragment: true,
    })
  }
}
