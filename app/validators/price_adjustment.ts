import vine from '@vinejs/vine'
import { DIRECTIONS, ROUNDINGS, SIZED_IN } from '#models/price_adjustment'
import { readAmount } from '#numbers/amount'
import { LARGEST_PRICE } from '#validators/rupees'
import { line } from '#validators/text'

const HUNDRED_PERCENT = 100_00

/** A number above 0, in hundredths; at most 100 when it is a percentage. */
const isSize = vine.createRule((value, _, field) => {
  const size = readAmount(String(value).replace(/ ?%$/, '')) ?? 0
  const most = field.parent.sized_in === 'percent' ? HUNDRED_PERCENT : LARGEST_PRICE
  if (size < 1 || size > most) field.report('The {{ field }} is not a change', 'size', field)
  else field.mutate(size, field)
})

export const priceAdjustmentValidator = vine.create({
  direction: vine.enum(DIRECTIONS),
  size: line(20).use(isSize()).transform(Number),
  sized_in: vine.enum(SIZED_IN),
  rounding: vine.enum(ROUNDINGS.map(String)).transform(Number),
})
