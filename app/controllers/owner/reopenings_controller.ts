import type { HttpContext } from '@adonisjs/core/http'

/** A closed shop is for customers again. */
export default class ReopeningsController {
  async store({ auth, params, flash, i18n, response }: HttpContext) {
    const shop = await auth.user!.findShop(params.shop_id)
    await shop.reopen()
    flash(i18n.t('closing.reopened'))
    response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}
