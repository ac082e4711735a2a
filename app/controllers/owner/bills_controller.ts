import type { HttpContext } from '@adonisjs/core/http'
import Bill from '#models/bill'
import { billPage } from '#pages/bill_pages'
import { sendBill } from '#responses/send_bill'

/** The bill of an order that the owner's shop received. */
export default class BillsController {
  async show({ auth, i18n, own, params, view }: HttpContext) {
    const state = await own.read(async (client) => {
      return billPage(await auth.user!.findReceivedOrder(params.order_id, client), i18n, client)
    })
    return view.render('pages/bills/show', { ...state, of: 'owner.orders' })
  }

  async pdf(ctx: HttpContext) {
    const { auth, own, params } = ctx
    const bill = await own.read(async (client) => {
      return Bill.of(await auth.user!.findReceivedOrder(params.order_id, client), client)
    })
    return sendBill(ctx, bill)
  }
}
