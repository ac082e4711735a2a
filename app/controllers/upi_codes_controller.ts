import { errors, type HttpContext } from '@adonisjs/core/http'
import { UpiPayment } from '#orders/upi_payment'

/** The UPI payment as a QR code: an SVG to show, a PNG to save. `?amount=open` leaves the amount to the customer. */
export default class UpiCodesController {
  async order(ctx: HttpContext) {
    return answerWithCode(ctx, await ofOrder(ctx))
  }

  async orderPicture(ctx: HttpContext) {
    return answerWithPicture(ctx, await ofOrder(ctx))
  }

  async khata(ctx: HttpContext) {
    return answerWithCode(ctx, await ofKhata(ctx))
  }

  async khataPicture(ctx: HttpContext) {
    return answerWithPicture(ctx, await ofKhata(ctx))
  }
}

async function ofOrder(ctx: HttpContext) {
  const { auth, own, params } = ctx
  const payment = await own.read(async (client) => {
    return UpiPayment.ofOrder(await auth.user!.findOrder(params.order_id, client), client)
  })
  return payment ?? throwNotFound(ctx)
}

async function ofKhata(ctx: HttpContext) {
  const { auth, own, params } = ctx
  const payment = await own.read(async (client) => {
    const khata = await auth.user!.findKhata(params.khata_id, client)
    return UpiPayment.ofKhata(khata, await khata.balancePaise(client), client)
  })
  return payment ?? throwNotFound(ctx)
}

function throwNotFound({ request }: HttpContext): never {
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}

const isOpen = ({ request }: HttpContext) => request.qs().amount === 'open'

function answerWithCode(ctx: HttpContext, payment: UpiPayment) {
  ctx.response.header('Cache-Control', 'private, no-store').type('image/svg+xml', 'utf-8')
  return payment.code(isOpen(ctx))
}

function answerWithPicture(ctx: HttpContext, payment: UpiPayment) {
  ctx.response.header('Cache-Control', 'private, no-store').type('image/png')
  return payment.picture(isOpen(ctx))
}
