import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { InvitationRefused } from '#exceptions/invitation_refused'
import { cityNameFor } from '#markup/city_names'
import KhataInvitation from '#models/khata_invitation'
import { customersKhatas } from '#pages/khata_pages'
import { khataCodeValidator } from '#validators/khata'

/** The customer opens a khata with a code from the shop; entering it is the consent. */
export default class KhataCodesController {
  async store(ctx: HttpContext) {
    const { auth, i18n, request, response, view } = ctx
    const customer = auth.user!
    ctx.whenInvalid(async () => {
      const khatas = await customersKhatas(customer)
      return view.render('pages/khatas/index', { ...khatas, cityName: await cityNameFor(ctx) })
    })
    const { code } = await request.validateUsing(khataCodeValidator)
    const khata = await KhataInvitation.enterCode(code, customer).catch((error) => {
      if (!(error instanceof InvitationRefused)) throw error
      const rule = error.rule === 'already_open' ? 'already_open' : 'code_gone'
      const message = i18n.t(`khata.refused.${rule}`)
      throw new errors.E_VALIDATION_ERROR([{ field: 'code', rule, message }], { cause: error })
    })
    ctx.flash(i18n.t('khata.opened'))
    response.redirect().status(303).toRoute('khatas.show', { id: khata.id })
  }
}
