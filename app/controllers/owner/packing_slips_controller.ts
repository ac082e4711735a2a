import type { HttpContext } from '@adonisjs/core/http'
import { orderPage } from '#pages/order_page'
import { PAPERS, slipPaper } from '#pages/slip_paper'

/** A packing slip to print, on a sheet or a roll. */
export default class PackingSlipsController {
  async show(ctx: HttpContext) {
    const { auth, own, params, view } = ctx
    const paper = await slipPaper(ctx)
    const state = await own.read(async (client) => {
      return orderPage(await auth.user!.findReceivedOrder(params.order_id, client), client)
    })
    return view.render('pages/owner/orders/packing_slip', { ...state, paper, papers: PAPERS })
  }
}
