import type { HttpContext } from '@adonisjs/core/http'
import { closeForToday, openAgain } from '#models/shop_hours'

/** The owner closes for today, and takes that back. */
export default class ClosedTodayController {
  async store(ctx: HttpContext) {
    await closeForToday(ctx.shop.id)
    ctx.flash(ctx.i18n.t('hours.closed_today'))
    return this.#back(ctx)
  }

  async destroy(ctx: HttpContext) {
    await openAgain(ctx.shop.id)
    ctx.flash(ctx.i18n.t('hours.opened_again'))
    return this.#back(ctx)
  }

  /** To the page whose button it was. */
  #back({ request, response, shop }: HttpContext) {
    const redirect = response.redirect().status(303)
    const at = request.input('at')
    if (at === 'board') return redirect.toRoute('owner.orders.index')
    if (at === 'hours') return redirect.toRoute('owner.hours.edit', { shop_id: shop.id })
    return redirect.toRoute('owner.shops.show', { id: shop.id })
  }
}
