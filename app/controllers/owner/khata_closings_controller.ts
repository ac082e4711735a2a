import type { HttpContext } from '@adonisjs/core/http'
import { khataRefusal } from '#responses/khata_refusal'

export default class KhataClosingsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, response, shop } = ctx
    const khata = await shop.findKhata(params.khata_id)
    const refusal = await khataRefusal(() => khata.close(auth.user!))
    ctx.flash(i18n.t(refusal ?? 'khata.is_closed'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
