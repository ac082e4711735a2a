import type { HttpContext } from '@adonisjs/core/http'
import KhataInvitation from '#models/khata_invitation'
import { tellKhataCode } from '#responses/khata_code'

/** Creates a code with which the customer joins the khata that the shop keeps by their name. */
export default class KhataJoiningCodesController {
  async store(ctx: HttpContext) {
    const { params, response, shop } = ctx
    const khata = await shop.findKhata(params.khata_id)
    await tellKhataCode(ctx, {}, (client) => KhataInvitation.makeJoiningCode(khata, client))
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
