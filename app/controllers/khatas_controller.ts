import type { HttpContext } from '@adonisjs/core/http'
import Khata from '#models/khata'
import { UpiPayment } from '#orders/upi_payment'

/** The credit that shops give the customer. */
export default class KhatasController {
  async index({ auth, view }: HttpContext) {
    const own = Khata.query().where('customer_id', auth.user!.id).preload('shop').orderBy('id')
    return view.render('pages/khatas/index', { khatas: await Khata.withBalances(own) })
  }

  async show({ auth, params, view }: HttpContext) {
    const khata = await auth.user!.findKhata(params.id)
    const lines = await khata.statement()
    const balancePaise = lines[0]?.balancePaise ?? 0
    const upi = await UpiPayment.ofKhata(khata, balancePaise)
    return view.render('pages/khatas/show', { khata, lines, balancePaise, upi })
  }
}
