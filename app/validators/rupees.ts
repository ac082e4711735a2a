import vine from '@vinejs/vine'
import { toPaise } from '#locale/rupees'
import type { Validation } from '@vinejs/vine/types'

export const LARGEST_PRICE = 100_000_000

const inRange = vine.createRule<{ min: number; rule: string }>((value, { min, rule }, field) => {
  const paise = toPaise(value as string)
  if (paise >= min && paise <= LARGEST_PRICE) return
  field.report('The {{ field }} field is out of range', rule, field)
})

/** Parses rupees as written by people (`52`, `52.5`, `1,250.00`) into whole paise. `range` validates the text. */
export const rupees = (range: Validation<any>) =>
  vine
    .string()
    .trim()
    .maxLength(20)
    .regex(/^(\d+|\d{1,3}(,\d{2,3})*,\d{3})(\.\d{1,2})?$/)
    .use(range)
    .transform(toPaise)

/** A price: at least one paisa. */
export const price = () => rupees(inRange({ min: 1, rule: 'price_range' }))

/** A fee or limit: may be zero. */
export const amount = () => rupees(inRange({ min: 0, rule: 'amount_range' }))
