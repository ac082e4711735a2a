import type { HttpContext } from '@adonisjs/core/http'
import Khata from '#models/khata'

/** The credit that shops give the customer. */
export default class KhatasController {
  async index({ auth, view }: HttpContext) {
    const own = Khata.query().where('customer_id', auth.user!.id).preload('shop').orderBy('id')
    return view.render('pages/khatas/index', { khatas: await Khata.withBalances(own) })
  }

  async show({ auth, params, view }: HttpContext) {
    const khata = await auth.user!.related('khatas').query().where('id', params.id).firstOrFail()
    await khata.load('shop')
    return view.render('pages/khatas/show', { khata, lines: await khata.statement() })
  }
}
