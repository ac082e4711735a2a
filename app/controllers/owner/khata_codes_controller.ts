import type { HttpContext } from '@adonisjs/core/http'
import KhataInvitation from '#models/khata_invitation'
import { shopsKhatas } from '#pages/khata_pages'
import { tellKhataCode } from '#responses/khata_code'
import { khataOfferValidator } from '#validators/khata'

/** Creates a code to hand to a customer, who opens a khata with it. */
export default class KhataCodesController {
  async store(ctx: HttpContext) {
    const { request, response, shop, view } = ctx
    ctx.whenInvalid(async () => view.render('pages/owner/khatas/index', await shopsKhatas(shop)))
    const { code_limit: limit } = await request.validateUsing(khataOfferValidator)
    await tellKhataCode(ctx, { limit }, (client) => KhataInvitation.makeCode(shop, limit, client))
    response.redirect().status(303).toRoute('owner.khatas.index', [shop.id])
  }
}
