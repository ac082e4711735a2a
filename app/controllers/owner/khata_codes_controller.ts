import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import KhataInvitation from '#models/khata_invitation'
import { khataRefusal } from '#responses/khata_refusal'
import { shopsKhatas } from '#pages/khata_pages'
import { khataOfferValidator } from '#validators/khata'

/** Creates a code to hand to a customer. Resubmitting the form returns the same code. */
export default class KhataCodesController {
  async store(ctx: HttpContext) {
    const { i18n, request, response, shop, view } = ctx
    ctx.whenInvalid(async () => view.render('pages/owner/khatas/index', await shopsKhatas(shop)))
    const { code_limit: limit } = await request.validateUsing(khataOfferValidator)
    let sealed = ''
    const refusal = await khataRefusal(async () => {
      const made = await once(ctx, { limit }, async (client) => {
        return { sealed: encryption.encrypt(await KhataInvitation.makeCode(shop, limit, client)) }
      })
      sealed = made.sealed
    })
    if (refusal) ctx.flash(i18n.t(refusal), 'error')
    else ctx.flash(i18n.t('khata.code_made', { code: encryption.decrypt<string>(sealed)! }))
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }
}
