import type { HttpContext } from '@adonisjs/core/http'
import { khataRefusal } from '#responses/khata_refusal'

export default class KhataAcceptancesController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, response } = ctx
    const invitation = await auth.user!.findKhataInvitation(params.id)
    const refusal = await khataRefusal(() => invitation.accept(auth.user!))
    ctx.flash(i18n.t(refusal ?? 'khata.opened'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('khatas.index')
  }
}
