import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { readAmount } from '#numbers/amount'
import type { Validation } from '@vinejs/vine/types'

export const LARGEST_PRICE = 100_000_000

const inRange = vine.createRule<{ min: number; rule: string }>((paise, { min, rule }, field) => {
  if ((paise as number) >= min && (paise as number) <= LARGEST_PRICE) return
  field.report('The {{ field }} field is out of range', rule, field)
})

/** The metadata `decimalMark` is that of an imported list. */
const isAmount = vine.createRule((value, _, field) => {
  const paise = readAmount(value as string, field.meta.decimalMark)
  if (paise === null) field.report(messages.regex, 'regex', field)
  else field.mutate(paise, field)
})

/** Rupees as people write them, in whole paise, which the rules validate. */
export const rupees = (...rules: Validation<any>[]) =>
  rules.reduce((text, rule) => text.use(rule), vine.string().use(isAmount())).transform(Number)

/** A price: at least one paisa. `nullable()` makes it 0 for none. */
export const price = (...rules: Validation<any>[]) =>
  rupees(inRange({ min: 1, rule: 'price_range' }), ...rules)

/** A fee or limit: may be zero. */
export const amount = () => rupees(inRange({ min: 0, rule: 'amount_range' }))
