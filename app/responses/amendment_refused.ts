import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { AmendmentRefused, type Refused } from '#exceptions/amendment_refused'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { Presenter } from '#locale/presenter'
import { AmountText } from '#measures/amount_text'
import type { Goods } from '#measures/goods'
import { CheckoutChanged } from '#orders/checkout_changed'
import type { OfferChange } from '#orders/offer'

/** Where the form shows what is wrong with a line. */
export const fieldOfLine = (id: string) => `lines.${id}`

/** And with a product that is to be added. */
export const fieldOfAdded = (id: string) => `added.${id}`

/**
 * The refusal as errors at the lines, the button or another field; other errors as they are.
 *
 * @param savedAddress id of the one that was chosen
 */
export function amendmentRefused(ctx: HttpContext, error: unknown, savedAddress?: string) {
  const at = (field: string, rule: string, message: string) =>
    new errors.E_VALIDATION_ERROR([{ field, rule, message }], { cause: error })
  if (error instanceof AmendmentRefused) {
    const messages = error.refused.map((refused) => told(ctx, refused))
    return new errors.E_VALIDATION_ERROR(messages, { cause: error })
  }
  if (error instanceof CheckoutChanged) {
    const messages = error.changes.flatMap((change) => toldOfAdded(ctx, change))
    return new errors.E_VALIDATION_ERROR(messages, { cause: error })
  }
  if (error instanceof ShopNotOpen) return at('slot', 'not_open', ctx.i18n.t('hours.no_orders'))
  if (!(error instanceof CheckoutRefused)) return error
  const { field, rule, amount: n } = error
  const amount = new Presenter(ctx.i18n.locale).money(n)
  const key = rule === 'over_limit' ? 'amend.refused.over_limit' : `checkout.refused.${rule}`
  const isOfTotal = field === 'items' || rule === 'over_limit'
  const shown = savedAddress && field === 'pin_code' ? 'address_id' : field
  return at(isOfTotal ? 'total' : shown, rule, ctx.i18n.t(key, { amount, n }))
}

/** Only of the product itself: fee and tolerance are those of the order. */
function toldOfAdded({ i18n }: HttpContext, change: OfferChange) {
  if (!('productId' in change)) return []
  const { kind: rule, productId } = change
  const amountOf = (value: number, goods: Goods) => AmountText.in(i18n).stockWords(value, goods)
  const said = {
    amount: rule === 'short' ? amountOf(change.stock, change.goods) : '',
    smallest: rule === 'too_little' ? amountOf(change.smallest, change.goods) : '',
    price: rule === 'price_up' ? new Presenter(i18n.locale).money(change.now) : '',
  }
  return { field: fieldOfAdded(productId), rule, message: i18n.t(`amend.added.${rule}`, said) }
}

function told({ i18n }: HttpContext, { rule, item, amount: value }: Refused) {
  const money = new Presenter(i18n.locale).money(value)
  const isOfLine = item !== null && rule !== 'price_up'
  const amount = isOfLine ? AmountText.in(i18n).stockWords(value, item) : money
  const n = i18n.formatNumber(value)
  const message = i18n.t(`amend.refused.${rule}`, { amount, n })
  const field = rule === 'reported' ? 'payment_method' : 'total'
  return { field: item ? fieldOfLine(item.id) : field, rule, message }
}
