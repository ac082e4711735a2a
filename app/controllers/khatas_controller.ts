import type { HttpContext } from '@adonisjs/core/http'
import { cityNameFor } from '#markup/city_names'
import { customersKhata, customersKhatas } from '#pages/khata_pages'
import { khataShopValidator } from '#validators/khata'
import { lenient } from '#validators/lenient'

/** The customer's khatas. */
export default class KhatasController {
  async index(ctx: HttpContext) {
    const { auth, own, request, view } = ctx
    const { shop = null } = await lenient(khataShopValidator, request.qs())
    const khatas = await own.read((client) => customersKhatas(auth.user!, client, shop))
    return view.render('pages/khatas/index', { ...khatas, cityName: await cityNameFor(ctx) })
  }

  async show({ auth, own, params, view }: HttpContext) {
    const state = await own.read(async (client) => {
      return customersKhata(await auth.user!.findKhata(params.id, client), client)
    })
    return view.render('pages/khatas/show', state)
  }
}
