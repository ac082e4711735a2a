import type { I18n } from '@adonisjs/i18n'
import type { CartItem } from '#cart/cart_item'
import type { Merged } from '#cart/login_merge'
import { nameIn } from '#locale/name_in'

/** More would not be read. */
const MOST_NAMES = 3

/** What a login did with the browser's cart; empty when there was nothing in it. */
export function mergeMessage(i18n: I18n, { taken, lowered, leftOut, recounted }: Merged) {
  const said = [
    ['cart.merged', taken],
    ['cart.merged_lowered', lowered],
    ['cart.merged_full', leftOut],
    ['cart.merged_recounted', recounted],
  ] as const
  return said
    .filter(([, items]) => items.length > 0)
    .map(([key, items]) => i18n.t(key, { names: namesOf(i18n, items) }))
    .join(' ')
}

function namesOf(i18n: I18n, items: CartItem[]) {
  const names = items.map((item) => nameIn(i18n.locale, item))
  const listed = names.slice(0, MOST_NAMES).join(', ')
  const more = names.length - MOST_NAMES
  return more > 0 ? i18n.t('cart.and_more', { names: listed, count: more }) : listed
}
