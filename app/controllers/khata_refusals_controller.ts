import type { HttpContext } from '@adonisjs/core/http'
import { khataRefusal } from '#responses/khata_refusal'

export default class KhataRefusalsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, response } = ctx
    const invitation = await auth.user!.findKhataInvitation(params.id)
    const refusal = await khataRefusal(() => invitation.decline())
    ctx.flash(i18n.t(refusal ?? 'khata.declined'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('khatas.index')
  }
}
