import type { HttpContext } from '@adonisjs/core/http'
import { customersKhata, customersKhatas } from '#pages/khata_pages'

/** The customer's khatas. */
export default class KhatasController {
  async index({ auth, own, view }: HttpContext) {
    const state = await own.read((client) => customersKhatas(auth.user!, client))
    return view.render('pages/khatas/index', state)
  }

  async show({ auth, own, params, view }: HttpContext) {
    const state = await own.read(async (client) => {
      return customersKhata(await auth.user!.findKhata(params.id, client), client)
    })
    return view.render('pages/khatas/show', state)
  }
}
