import { errors, type HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { billPdf } from '#documents/bill_pdf'
import type Bill from '#models/bill'
import { billPdfValidator } from '#validators/bill'
import { lenient } from '#validators/lenient'

/** The bill as a PDF, in the language asked for or that of the page. An order without one has no such file. */
export async function sendBill({ i18n, request, response }: HttpContext, bill: Bill | null) {
  if (!bill) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  const { lang = i18n.locale } = await lenient(billPdfValidator, request.qs())
  const name = `bill-${bill.number.replace('/', '-')}.pdf`
  response.type('application/pdf').header('Content-Disposition', `attachment; filename="${name}"`)
  return response.stream(await billPdf(bill, i18nManager.locale(lang)))
}
