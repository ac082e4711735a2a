import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import { shopsKhatas } from '#pages/khata_pages'
import { khataRefusal } from '#responses/khata_refusal'
import { khataInvitationValidator } from '#validators/khata'

/** Invites a customer by username, without revealing whether the username exists. */
export default class KhataInvitationsController {
  async store(ctx: HttpContext) {
    const { i18n, request, response, shop, view } = ctx
    ctx.whenInvalid(async () => view.render('pages/owner/khatas/index', await shopsKhatas(shop)))
    const { username, limit } = await request.validateUsing(khataInvitationValidator)
    const refusal = await khataRefusal(() =>
      once(ctx, { username, limit }, async (client) => {
        if (await Khata.isOpenFor(shop.id, username, client)) {
          const message = i18n.t('khata.has_one', { username })
          throw new errors.E_VALIDATION_ERROR([{ field: 'username', rule: 'has_one', message }])
        }
        await KhataInvitation.send(shop, username, limit, client)
        return {}
      })
    )
    ctx.flash(i18n.t(refusal ?? 'khata.invited', { username }), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }

  async destroy(ctx: HttpContext) {
    const { i18n, params, response, shop } = ctx
    const invitation = await shop.findKhataInvitation(params.id)
    const refusal = await khataRefusal(() => invitation.withdraw())
    ctx.flash(i18n.t(refusal ?? 'khata.withdrawn'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }
}
