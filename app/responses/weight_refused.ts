import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { WeightRefused } from '#exceptions/weight_refused'
import { Presenter } from '#locale/presenter'
import { AmountText } from '#measures/amount_text'
import type OrderItem from '#models/order_item'

/** The refusal as an error at the field; other errors as they are. */
export function weightRefused(
  { i18n, view }: HttpContext,
  error: unknown,
  item: OrderItem,
  field: 'weight' | 'answer'
) {
  if (!(error instanceof WeightRefused)) return error
  const { rule, amount: n } = error
  view.share({ isShort: rule === 'short' })
  const amount =
    rule === 'short' ? AmountText.in(i18n).amount(n, item) : new Presenter(i18n.locale).money(n)
  const message = i18n.t(`weights.refused.${field}.${rule}`, { amount })
  return new errors.E_VALIDATION_ERROR([{ field, rule, message }])
}
