import { errors, type HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { statementLine } from '#models/khata_statement'
import { khataRefusal } from '#responses/khata_refusal'
import { reversalValidator } from '#validators/khata'

/** The owner corrects a khata line by a second line that reverses it. */
export default class KhataReversalsController {
  async create(ctx: HttpContext) {
    const { own, params, request, shop, view } = ctx
    const { khata, line } = await own.read(async (client) => {
      const found = await shop.findKhata(params.khata_id, client)
      if (!found.isByName) await found.load('customer')
      return { khata: found, line: await statementLine(found.id, params.transaction_id, client) }
    })
    if (!line) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return view.render('pages/owner/khatas/reversal', { shop: shop.summary, khata, line })
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, params, request, response, shop } = ctx
    const khata = await shop.findKhata(params.khata_id)
    ctx.whenInvalid(() => this.create(ctx))
    const { reason } = await request.validateUsing(reversalValidator)
    const refusal = await khataRefusal(() => {
      return once(ctx, { reason }, async (client) => {
        await khata.reverse(params.transaction_id, auth.user!, reason, client)
        return {}
      })
    })
    ctx.flash(i18n.t(refusal ?? 'khata.reversed_now'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
