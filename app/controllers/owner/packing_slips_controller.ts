import type { HttpContext } from '@adonisjs/core/http'
import { orderPage } from '#pages/order_page'

/** A printable packing slip. */
export default class PackingSlipsController {
  async show({ auth, params, view }: HttpContext) {
    const order = await auth.user!.findReceivedOrder(params.order_id)
    return view.render('pages/owner/orders/packing_slip', await orderPage(order))
  }
}
