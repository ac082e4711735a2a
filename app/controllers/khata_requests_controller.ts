import type { HttpContext } from '@adonisjs/core/http'
import KhataRequest from '#models/khata_request'
import Shop from '#models/shop'
import { khataRefusal } from '#responses/khata_refusal'

/** The customer asks a shop to join the khata that it keeps by their name. */
export default class KhataRequestsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, response } = ctx
    const shop = await Shop.open().where('id', params.shop_id).firstOrFail()
    const refusal = await khataRefusal(() => KhataRequest.ask(shop, auth.user!))
    ctx.flash(i18n.t(refusal ?? 'khata.asked'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('khatas.index')
  }

  async destroy(ctx: HttpContext) {
    const { auth, i18n, params, response } = ctx
    const asked = await auth.user!.findKhataRequest(params.id)
    const refusal = await khataRefusal(() => asked.withdraw())
    ctx.flash(i18n.t(refusal ?? 'khata.request_withdrawn'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('khatas.index')
  }
}
