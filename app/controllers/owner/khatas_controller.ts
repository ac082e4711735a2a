import type { HttpContext } from '@adonisjs/core/http'
import { khataRefusal } from '#orders/khata_refusal'
import { shopsKhata, shopsKhatas } from '#orders/khata_pages'
import { khataLimitValidator } from '#validators/khata'

/** The credit that a shop gives its customers. */
export default class KhatasController {
  async index({ auth, params, view }: HttpContext) {
    const shop = await auth.user!.findShop(params.shop_id)
    return view.render('pages/owner/khatas/index', await shopsKhatas(shop))
  }

  async show({ auth, params, view }: HttpContext) {
    const shop = await auth.user!.findShop(params.shop_id)
    const khata = await shop.findKhata(params.id)
    return view.render('pages/owner/khatas/show', await shopsKhata(shop, khata))
  }

  async update(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const shop = await auth.user!.findShop(params.shop_id)
    const khata = await shop.findKhata(params.id)
    ctx.whenInvalid(() => this.show(ctx))
    const { limit } = await request.validateUsing(khataLimitValidator)
    const refusal = await khataRefusal(() => khata.changeLimit(limit))
    ctx.flash(i18n.t(refusal ?? 'khata.limit_saved'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
