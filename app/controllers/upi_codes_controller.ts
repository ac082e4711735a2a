import QRCode from 'qrcode'
import { errors, type HttpContext } from '@adonisjs/core/http'
import ShopSettings from '#models/shop_settings'
import { upiLink } from '#orders/upi_link'

/** The UPI link of an order as a QR code, for paying with another phone. */
export default class UpiCodesController {
  async show({ auth, params, request, response }: HttpContext) {
    const order = await auth.user!.findOrder(params.order_id)
    const settings = order.shopId ? await ShopSettings.of(order.shopId) : null
    const link = order.isToBePaid ? upiLink(order, settings?.upiId ?? null) : null
    if (!link) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    response.header('Cache-Control', 'private, no-store').type('image/svg+xml')
    return QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  }
}
