import type { HttpContext } from '@adonisjs/core/http'
import { cityNameFor } from '#markup/city_names'
import { customersKhata, customersKhatas } from '#pages/khata_pages'

/** The customer's khatas. */
export default class KhatasController {
  async index(ctx: HttpContext) {
    const { auth, own, view } = ctx
    const khatas = await own.read((client) => customersKhatas(auth.user!, client))
    return view.render('pages/khatas/index', { ...khatas, cityName: await cityNameFor(ctx) })
  }

  async show({ auth, own, params, view }: HttpContext) {
    const state = await own.read(async (client) => {
      return customersKhata(await auth.user!.findKhata(params.id, client), client)
    })
    return view.render('pages/khatas/show', state)
  }
}
