import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import { SettlementRefused } from '#exceptions/settlement_refused'
import { once } from '#forms/once'
import { Presenter } from '#services/presenter'
import { settlementValidator } from '#validators/khata'

/** What customers pay back on their khata. */
export default class SettlementsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, request, response, view } = ctx
    const shop = await auth.user!.findShop(params.shop_id)
    const khata = await shop.findKhata(params.khata_id)
    await khata.load('customer')
    ctx.whenInvalid(async () => {
      const lines = await khata.statement()
      return view.render('pages/owner/khatas/show', {
        shop: shop.summary,
        khata,
        lines,
        limit: new Edit(LIMIT_FIELDS).state(limitTexts(khata)),
      })
    })
    const settlement = await request.validateUsing(settlementValidator)
    const { amount, method, note = null } = settlement
    await once(ctx, settlement, async (client) => {
      await khata.settle(amount, method, auth.user!, note, client)
      return {}
    }).catch((error) => {
      if (!(error instanceof SettlementRefused)) throw error
      const owed = new Presenter(i18n.locale).money(error.owedPaise)
      const message = i18n.t('khata.too_much', { amount: owed })
      throw new errors.E_VALIDATION_ERROR([{ field: 'amount', rule: 'owed', message }])
    })
    ctx.flash(i18n.t('khata.settled'))
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
