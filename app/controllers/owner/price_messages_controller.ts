import type { HttpContext } from '@adonisjs/core/http'
import { pricesToSend } from '#models/price_list'
import { addressOf } from '#pages/price_pages'
import { priceMessages } from '#pages/price_messages'
import { whatsappLink } from '#pages/whatsapp_link'
import { lenient } from '#validators/lenient'
import { priceFilterValidator } from '#validators/price_list'

/** The prices of a shop as text, for WhatsApp. */
export default class PriceMessagesController {
  async show({ i18n, own, request, shop, view }: HttpContext) {
    const filter = await lenient(priceFilterValidator, request.qs())
    const { day, products } = await own.read((client) => pricesToSend(shop.id, filter, client))
    const messages = priceMessages(i18n, { shop, day, products }).map((text) => ({
      text,
      link: whatsappLink(text),
    }))
    return view.render('pages/owner/price_messages/show', {
      shop: shop.summary,
      filter,
      address: addressOf,
      count: products.length,
      messages,
    })
  }
}
