import i18nManager from '@adonisjs/i18n/services/main'
import type { KeptMarkup } from '#markup/kept_markup'
import { Markup } from '#markup/markup'
import { impersonal } from '#markup/rendering'

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
