import type { HttpContext } from '@adonisjs/core/http'
import { orderPage } from '#pages/order_page'

/** The order on paper, to pack by and to hand over. */
export default class PackingSlipsController {
  async show({ auth, params, view }: HttpContext) {
    const order = await auth.user!.findReceivedOrder(params.order_id)
    return view.render('pages/owner/orders/packing_slip', await orderPage(order))
  }
}
