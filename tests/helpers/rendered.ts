import i18nManager from '@adonisjs/i18n/services/main'
import type { KeptMarkup } from '#markup/kept_markup'
import { Markup } from '#markup/markup'
import { impersonal } from '#markup/rendering'
import { readAmount } from '#numbers/amount'

const CARD = /class="price">₹([\d,.]+)<[^]*?name="product_id" value="([^"]+)"/g

/** The list of a shop's products as a guest gets it, rendered unless that was kept. */
export async function productListOf(kept: KeptMarkup, shopId: string, list: object) {
  const markup = await kept.get(`products ${shopId}`, [list], async () => {
    const state = { ...list, fragment: false }
    return Markup.of(
      await impersonal(i18nManager.locale('en')).render('partials/products/list', state)
    )
  })
  return markup.filled(() => '').toString()
}

/** The price in paise of each product in the HTML of a list. */
export function pricesIn(html: string) {
  return new Map([...html.matchAll(CARD)].map(([, rupees, id]) => [id, readAmount(rupees)!]))
}
