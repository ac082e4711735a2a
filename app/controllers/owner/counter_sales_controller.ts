import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { SaleRefused } from '#exceptions/sale_refused'
import { once } from '#forms/once'
import { wordsOf } from '#locale/words'
import CounterSale from '#models/counter_sale'
import { counterPage } from '#pages/counter_page'
import { counterDayValidator, counterSaleValidator } from '#validators/counter_sale'
import { lenient } from '#validators/lenient'

/** Sales at the counter. */
export default class CounterSalesController {
  async index({ own, request, shop, view }: HttpContext) {
    const asked = await lenient(counterDayValidator, request.qs())
    const state = await own.read((client) => counterPage(shop, asked, client))
    return view.render('pages/owner/counter_sales/index', state)
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response, shop } = ctx
    ctx.whenInvalid(() => this.index(ctx))
    const sale = await request.validateUsing(counterSaleValidator)
    const items = (sale.items ?? []).flatMap(({ product_id: productId, quantity }) => {
      return quantity ? { productId, typed: quantity } : []
    })
    const { amount, payment, khata_id: khataId = null } = sale
    const asked = { otherPaise: amount ?? 0, items, payment, khataId }
    const { paise } = await once(ctx, asked, async (client) => {
      const { amountPaise } = await CounterSale.sell(shop, asked, auth.user!, client)
      return { paise: amountPaise }
    }).catch((error) => {
      throw error instanceof SaleRefused ? this.#refused(ctx, error, sale.items) : error
    })
    ctx.flash(i18n.t(`counter.sold.${payment}`, { amount: wordsOf(i18n).money(paise) }))
    response.redirect().status(303).toRoute('owner.counter_sales.index', [shop.id])
  }

  async destroy(ctx: HttpContext) {
    const { auth, i18n, params, response, shop } = ctx
    const sale = await shop.findCounterSale(params.id)
    try {
      await sale.undo(auth.user!, i18n.t('counter.undo_reason'))
      ctx.flash(i18n.t('counter.undone'))
    } catch (error) {
      if (!(error instanceof SaleRefused)) throw error
      ctx.flash(i18n.t(`counter.refused.${error.rule}`), 'error')
    }
    response.redirect().status(303).toRoute('owner.counter_sales.index', [shop.id])
  }

  #refused({ i18n }: HttpContext, refusal: SaleRefused, items: { product_id: string }[] = []) {
    const { rule, about } = refusal
    const index = items.findIndex((item) => item.product_id === about.productId)
    const isOfKhata = rule === 'over_limit' || rule === 'khata_closed'
    const isOfItem = rule === 'unread' || rule === 'unread_loose'
    const field = isOfItem ? `items.${index}.quantity` : isOfKhata ? 'khata_id' : 'amount'
    const left = wordsOf(i18n).money(about.leftPaise ?? 0)
    const message = i18n.t(`counter.refused.${rule}`, { left })
    return new errors.E_VALIDATION_ERROR([{ field, rule, message }], { cause: refusal })
  }
}
