import type { I18n } from '@adonisjs/i18n'
import { nameIn } from '#locale/name_in'
import { wordsOf } from '#locale/words'
import { isLoose } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import type { Portion } from '#measures/portion'
import type Product from '#models/product'

/** What the cart has now: `₹20 gives 160 g of Toor Dal`. */
export function portionStatus(
  i18n: I18n,
  product: Product,
  { quantity, worthPaise }: Portion,
  verb: 'added' | 'changed'
) {
  const name = nameIn(i18n.locale, product)
  if (quantity === 0) return i18n.t('status.item_removed')
  if (!isLoose(product)) {
    return i18n.t(verb === 'added' ? 'status.added_to_cart' : 'status.cart_updated', { name })
  }
  const { amount, money } = wordsOf(i18n)
  const bought = { name, amount: amount(quantity, product) }
  if (worthPaise === null) return i18n.t(`status.portion_${verb}`, bought)
  const price = money(lineTotal({ ...product.details, quantity }))
  return i18n.t(`status.worth_${verb}`, { ...bought, worth: money(worthPaise), price })
}
