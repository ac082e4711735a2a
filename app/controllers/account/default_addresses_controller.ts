import type { HttpContext } from '@adonisjs/core/http'

/** The address that is chosen unless the user chooses another one. */
export default class DefaultAddressesController {
  async update({ auth, flash, i18n, params, response }: HttpContext) {
    const address = await auth.user!.findAddress(params.id)
    await address.makeDefault()
    flash(i18n.t('addresses.made_default'))
    response.redirect().status(303).toRoute('account.addresses.index')
  }
}
