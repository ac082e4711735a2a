import type { HttpContext } from '@adonisjs/core/http'
import { orderPage } from '#pages/order_page'

/** A printable packing slip. */
export default class PackingSlipsController {
  async show({ auth, own, params, view }: HttpContext) {
    const state = await own.read(async (client) => {
      return orderPage(await auth.user!.findReceivedOrder(params.order_id, client), client)
    })
    return view.render('pages/owner/orders/packing_slip', state)
  }
}
