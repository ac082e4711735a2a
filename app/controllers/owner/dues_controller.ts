import type { HttpContext } from '@adonisjs/core/http'
import { wordsOf } from '#locale/words'
import { duesOf, sumOfDues } from '#models/dues'
import { whatsappLink, withoutMarks } from '#pages/whatsapp_link'
import { duesValidator } from '#validators/counter_sale'
import { lenient } from '#validators/lenient'

/** Who owes what to the shop. */
export default class DuesController {
  async show({ i18n, own, request, shop, view }: HttpContext) {
    const { order = 'amount', after = null } = await lenient(duesValidator, request.qs())
    const { money } = wordsOf(i18n)
    const { page, sum } = await own.read(async (client) => ({
      page: await duesOf(shop.id, { order, cursor: after }, client),
      sum: await sumOfDues(shop.id, client),
    }))
    const dues = page.items.map((due) => {
      const words = {
        name: withoutMarks(due.name),
        shop: withoutMarks(shop.name),
        amount: money(due.balancePaise),
      }
      return { ...due, reminder: whatsappLink(i18n.t('dues.reminder', words), due.mobile) }
    })
    return view.render('pages/owner/dues/show', { shop: shop.summary, order, sum, ...page, dues })
  }
}
