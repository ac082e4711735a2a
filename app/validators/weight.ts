import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { largestQuantity, STANDARDS } from '#measures/goods'
import { readUnit } from '#measures/read_unit'
import type OrderItem from '#models/order_item'
import { ANSWERS } from '#models/order_weights'
import { plain } from '#numbers/plain'
import { count } from '#validators/count'

/** A number without a unit that means so many times what was ordered is rather in another unit. */
const UNLIKELY = 10

/** Base units of the item: `1.05` is in its price unit, `1050 g` says its own. */
const isWeight = vine.createRule((value, _, field) => {
  const item = field.meta.item as OrderItem
  const text = plain(value as string)
  const { priceUnit } = STANDARDS[item.measure]
  const isBare = /^[\d.]+$/.test(text)
  const read = readUnit(isBare ? `${text} ${priceUnit}` : text)
  const most = isBare ? UNLIKELY * item.quantity : 2 * largestQuantity(item)
  if (read?.measure !== item.measure) field.report(messages.regex, 'regex', field)
  else if (read.netQuantity > most) {
    field.report('The {{ field }} is too much', 'weight_range', field)
  } else field.mutate(read.netQuantity, field)
})

export const weightValidator = vine.withMetaData<{ item: OrderItem }>().create({
  weight: vine.string().use(isWeight()).transform(Number),
  /** The weight that the page showed. */
  seen: count().positive().optional(),
})

export const weightAnswerValidator = vine.create({
  answer: vine.enum(ANSWERS),
  asked: count().positive(),
})
