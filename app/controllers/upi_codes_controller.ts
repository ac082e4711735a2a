import { errors, type HttpContext } from '@adonisjs/core/http'
import { UpiPayment } from '#orders/upi_payment'

/** The UPI payment as a QR code. */
export default class UpiCodesController {
  async order(ctx: HttpContext) {
    const { auth, own, params } = ctx
    const payment = await own.read(async (client) => {
      return UpiPayment.ofOrder(await auth.user!.findOrder(params.order_id, client), client)
    })
    return answerWithCode(ctx, payment)
  }

  async khata(ctx: HttpContext) {
    const { auth, own, params } = ctx
    const payment = await own.read(async (client) => {
      const khata = await auth.user!.findKhata(params.khata_id, client)
      return UpiPayment.ofKhata(khata, await khata.balancePaise(client), client)
    })
    return answerWithCode(ctx, payment)
  }
}

function answerWithCode({ request, response }: HttpContext, payment: UpiPayment | null) {
  if (!payment) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  response.header('Cache-Control', 'private, no-store').type('image/svg+xml', 'utf-8')
  return payment.code()
}
