import { errors } from '@vinejs/vine'
import type { I18n } from '@adonisjs/i18n'
import { Presenter } from '#locale/presenter'
import { AmountText } from '#measures/amount_text'
import { goodsOf, isLoose } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import { PortionRefused, type Sold } from '#measures/portion'

/**
 * Turns `PortionRefused` into an error at the field.
 *
 * @throws E_VALIDATION_ERROR other errors are rethrown
 */
export async function reportPortion<T>(
  i18n: I18n,
  sold: Sold,
  work: () => T,
  field = 'amount'
): Promise<Awaited<T>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PortionRefused)) throw error
    const { rule } = error
    const message = i18n.t(keyOf(error, sold), valuesOf(error, i18n, sold))
    throw new errors.E_VALIDATION_ERROR([{ field, rule, message }], { cause: error })
  }
}

function keyOf({ rule, portion }: PortionRefused, sold: Sold) {
  if (!isLoose(sold)) return 'amend.refused.unread'
  return `measures.refused.${rule}${(portion?.worthPaise ?? null) === null ? '' : '_worth'}`
}

function valuesOf({ amounts: { least, most }, portion }: PortionRefused, i18n: I18n, sold: Sold) {
  const { amount } = AmountText.in(i18n)
  const { money } = new Presenter(i18n.locale)
  const said = (quantity?: number | null) => (quantity ? amount(quantity, sold) : '')
  return {
    least: said(least || sold.smallest),
    most: said(most),
    step: said(sold.step),
    example: said(sold.presets?.[1] ?? sold.smallest ?? 1),
    gives: amount(portion?.quantity ?? 0, sold),
    worth: money(portion?.worthPaise ?? 0),
    price: money(
      least ? lineTotal({ ...goodsOf(sold), pricePaise: sold.pricePaise, quantity: least }) : 0
    ),
  }
}
