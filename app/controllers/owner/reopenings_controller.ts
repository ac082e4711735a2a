import type { HttpContext } from '@adonisjs/core/http'
import { AllowanceReached } from '#exceptions/allowance_reached'

/** Reopens a closed shop. */
export default class ReopeningsController {
  async store({ flash, i18n, response, shop }: HttpContext) {
    try {
      await shop.reopen()
      flash(i18n.t('closing.reopened'))
    } catch (error) {
      if (!(error instanceof AllowanceReached)) throw error
      flash(i18n.t(`owner.most_${error.what}`, { n: i18n.formatNumber(error.most) }), 'error')
    }
    response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}
