import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { largestStock } from '#measures/goods'
import { readStock } from '#measures/stock'
import { nameIn } from '#locale/name_in'
import { CATEGORIES } from '#models/category'
import { isUuid } from '#models/keyset'
import Product from '#models/product'
import { editProducts, undoEdit } from '#models/product_edit'
import { listAddress } from '#pages/shop_work'
import { productEditValidator } from '#validators/product_edit'

/** Many products of a shop, changed at once. */
export default class ProductEditsController {
  async store(ctx: HttpContext) {
    const { request, response, shop } = ctx
    ctx.whenInvalid(() => this.#show(ctx))
    const {
      ids,
      set,
      stock,
      category,
      list = {},
    } = await request.validateUsing(productEditValidator)
    const stockFor = (product: Product) => (set === 'out' ? 0 : this.#stockOf(ctx, product, stock!))
    const { id, gone } = await once(ctx, { ids, set, stock, category }, (client) => {
      if (set === 'category') return editProducts(shop.id, ids, set, () => category!, client)
      if (set === 'withdraw' || set === 'sell') {
        return editProducts(shop.id, ids, 'withdrawn', () => set === 'withdraw', client)
      }
      return editProducts(shop.id, ids, 'stock', stockFor, client)
    })
    const said = [
      ...(gone < ids.length && !id ? [ctx.i18n.t('select.nothing')] : []),
      ...(gone > 0
        ? [ctx.i18n.t('select.gone', { count: gone, n: ctx.i18n.formatNumber(gone) })]
        : []),
    ]
    if (said.length > 0) ctx.flash(said.join(' '))
    const qs = listAddress(list, { edited: id })
    response.redirect().status(303).withQs(qs).toRoute('owner.shops.show', [shop.id])
  }

  async destroy({ flash, i18n, params, response, shop }: HttpContext) {
    const outcome = await undoEdit(shop.id, params.id)
    if ('refused' in outcome) flash(i18n.t(`select.${outcome.refused}`))
    else {
      const { undone: count, kept } = outcome
      const done = i18n.t('select.undone', { count, n: i18n.formatNumber(count) })
      flash(kept ? `${done} ${i18n.t('select.kept')}` : done)
    }
    response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  /** The products that were chosen, and the form again. */
  async #show({ request, shop, view }: HttpContext) {
    const sent = [request.input('ids', [])].flat().filter((id) => isUuid(id))
    const products = await Product.query()
      .where('shop_id', shop.id)
      .whereIn('id', sent.slice(0, 100))
      .orderByRaw('name_key(name)')
    return view.render('pages/owner/product_edits/create', {
      shop: shop.summary,
      products: products.map(({ details }) => details),
      categories: CATEGORIES,
    })
  }

  #stockOf({ i18n }: HttpContext, product: Product, typed: string) {
    const stock = readStock(typed, product, { named: true })
    if (stock !== null && stock >= 0 && stock <= largestStock(product)) return stock
    const message = i18n.t('select.stock_unread', { name: nameIn(i18n.locale, product) })
    throw new errors.E_VALIDATION_ERROR([{ field: 'stock', rule: 'stock', message }])
  }
}
