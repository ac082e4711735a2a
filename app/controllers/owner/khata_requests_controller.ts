import type { HttpContext } from '@adonisjs/core/http'
import { shopsKhatas } from '#pages/khata_pages'
import { khataRefusal } from '#responses/khata_refusal'
import { khataConfirmationValidator } from '#validators/khata'

/** Customers who ask to join the khata that the shop keeps by their name. */
export default class KhataRequestsController {
  /** The owner says which khata is theirs. */
  async update(ctx: HttpContext) {
    const { i18n, params, request, response, shop, view } = ctx
    const asked = await shop.findKhataRequest(params.id)
    ctx.whenInvalid(async () => {
      const state = { ...(await shopsKhatas(shop)), askedId: asked.id }
      return view.render('pages/owner/khatas/index', state)
    })
    const { named_khata: id } = await request.validateUsing(khataConfirmationValidator)
    const named = await shop.findKhata(id)
    const refusal = await khataRefusal(() => asked.confirm(named))
    ctx.flash(i18n.t(refusal ?? 'khata.joined'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }

  async destroy(ctx: HttpContext) {
    const { i18n, params, response, shop } = ctx
    const asked = await shop.findKhataRequest(params.id)
    const refusal = await khataRefusal(() => asked.decline())
    ctx.flash(i18n.t(refusal ?? 'khata.request_declined'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }
}
