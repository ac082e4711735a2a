import { answer } from '#api/answer'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Bill from '#models/bill'
import { transformBill } from '#transformers/bill_transformer'
import type { HttpContext } from '@adonisjs/core/http'

export default class BillsController {
  async show(ctx: HttpContext) {
    const { auth, own, params } = ctx
    const bill = await own.read(async (client) => {
      return Bill.of(await auth.user!.findVisibleOrder(params.id, client), client)
    })
    if (!bill) throw new ResourceNotFound('Bill')
    return answer(ctx, transformBill(bill))
  }
}
