import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { SettlementRefused } from '#exceptions/settlement_refused'
import { once } from '#forms/once'
import { shopsKhata } from '#pages/khata_pages'
import { khataRefusal } from '#responses/khata_refusal'
import { Presenter } from '#locale/presenter'
import { settlementValidator } from '#validators/khata'

/** Customers' payments towards their khata. */
export default class SettlementsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, request, response, shop, view } = ctx
    const khata = await shop.findKhata(params.khata_id)
    ctx.whenInvalid(async () => {
      return view.render('pages/owner/khatas/show', await shopsKhata(shop, khata))
    })
    const settlement = await request.validateUsing(settlementValidator)
    const { amount, method, note = null } = settlement
    const settle = () =>
      once(ctx, settlement, async (client) => {
        await khata.settle(amount, method, auth.user!, note, client)
        return {}
      })
    const refusal = await khataRefusal(settle).catch((error) => {
      if (!(error instanceof SettlementRefused)) throw error
      const owed = new Presenter(i18n.locale).money(error.owedPaise)
      const message = i18n.t('khata.too_much', { amount: owed })
      throw new errors.E_VALIDATION_ERROR([{ field: 'amount', rule: 'owed', message }])
    })
    ctx.flash(i18n.t(refusal ?? 'khata.settled'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
