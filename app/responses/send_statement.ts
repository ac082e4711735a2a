import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { khataPdf } from '#documents/khata_pdf'
import type Khata from '#models/khata'
import { periodOf } from '#models/khata_period'
import { statementValidator } from '#validators/khata'
import { lenient } from '#validators/lenient'

/** The statement as a PDF, in the language asked for or that of the page. */
export async function sendStatement(
  { i18n, own, request, response }: HttpContext,
  find: (client?: TransactionClientContract) => Promise<Khata>
) {
  const asked = await lenient(statementValidator, request.qs())
  const { from = null, to = null, lang = i18n.locale } = asked
  const { khata, period } = await own.read(async (client) => {
    const found = await find(client)
    await found.load('shop')
    if (!found.isByName) await found.load('customer')
    return { khata: found, period: await periodOf(found.id, { from, to }, client) }
  })
  const name = `khata-${period.from}-${period.to}.pdf`
  response.type('application/pdf').header('Content-Disposition', `attachment; filename="${name}"`)
  return response.stream(await khataPdf(khata, period, i18nManager.locale(lang)))
}
