import type { HttpContext } from '@adonisjs/core/http'
import { AllowanceReached } from '#exceptions/allowance_reached'

/** A closed shop is for customers again. */
export default class ReopeningsController {
  async store({ auth, params, flash, i18n, response }: HttpContext) {
    const shop = await auth.user!.findShop(params.shop_id)
    const full = await shop.reopen().then(
      () => null,
      (error) => {
        if (error instanceof AllowanceReached) return error
        throw error
      }
    )
    if (full) flash(i18n.t(`owner.most_${full.what}`, { n: i18n.formatNumber(full.most) }), 'error')
    else flash(i18n.t('closing.reopened'))
    response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}
