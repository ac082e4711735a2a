import { errors, type HttpContext } from '@adonisjs/core/http'
import { gstTable } from '#documents/gst_return'
import { monthPage } from '#pages/bill_pages'
import { gstTableValidator, monthValidator } from '#validators/bill'
import { lenient } from '#validators/lenient'

/** A shop's bills of a month, and the tables of its GST return. */
export default class GstReturnsController {
  async show({ i18n, own, request, shop, view }: HttpContext) {
    const { month } = await lenient(monthValidator, request.qs())
    const state = await own.read((client) => monthPage(shop, month, i18n.locale, client))
    return view.render('pages/owner/gst_returns/show', state)
  }

  async table({ own, request, response, shop }: HttpContext) {
    const { month, table } = await lenient(gstTableValidator, request.qs())
    if (!month || !table) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const csv = await own.read((client) => gstTable(table, { shopId: shop.id, month }, client))
    const name = `gstr1-${table}-${month}.csv`
    response.type('text/csv').header('Content-Disposition', `attachment; filename="${name}"`)
    return csv
  }
}
