import { errors, type HttpContext } from '@adonisjs/core/http'
import { UpiPayment } from '#orders/upi_payment'

/** The UPI payment as a QR code. */
export default class UpiCodesController {
  async order(ctx: HttpContext) {
    const order = await ctx.auth.user!.findOrder(ctx.params.order_id)
    return answerWithCode(ctx, await UpiPayment.ofOrder(order))
  }

  async khata(ctx: HttpContext) {
    const khata = await ctx.auth.user!.findKhata(ctx.params.khata_id)
    return answerWithCode(ctx, await UpiPayment.ofKhata(khata, await khata.balancePaise()))
  }
}

function answerWithCode({ request, response }: HttpContext, payment: UpiPayment | null) {
  if (!payment) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  response.header('Cache-Control', 'private, no-store').type('image/svg+xml', 'utf-8')
  return payment.code()
}
