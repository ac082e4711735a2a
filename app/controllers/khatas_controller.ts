import type { HttpContext } from '@adonisjs/core/http'
import { customersKhata, customersKhatas } from '#pages/khata_pages'

/** The customer's khatas. */
export default class KhatasController {
  async index({ auth, view }: HttpContext) {
    return view.render('pages/khatas/index', await customersKhatas(auth.user!))
  }

  async show({ auth, params, view }: HttpContext) {
    const khata = await auth.user!.findKhata(params.id)
    return view.render('pages/khatas/show', await customersKhata(khata))
  }
}
