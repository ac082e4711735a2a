import vine from '@vinejs/vine'
import { MOST_COUNTS } from '#measures/goods'
import { BASE_UNITS } from '#measures/price_units'
import { count } from '#validators/count'
import { uuid } from '#validators/uuid'

/** The quantity that the page showed, of the item or of the whole cart. */
const seen = () => count().optional()

/** As typed: what it means depends on the goods. */
const amount = () => vine.string().nullable().optional()

/** What the quantities of the page count; pages of packed goods do not say it. */
export const baseUnit = () => vine.enum(BASE_UNITS).optional()

/** `by` is a step up or down, `buy` leads to the checkout instead, `detailed` is the page of the product. */
export const cartItemValidator = vine.create({
  product_id: uuid(),
  quantity: count().range([1, MOST_COUNTS]).optional(),
  by: count().in([1, -1]).optional(),
  amount: amount(),
  buy: vine.accepted().optional(),
  detailed: vine.accepted().optional(),
  base_unit: baseUnit(),
  seen: seen(),
})

/** 0 removes the item, which is how the last `−` does it. */
export const quantityValidator = vine.create({
  quantity: count()
    .range([0, MOST_COUNTS])
    .optional()
    .requiredWhen(({ data }) => data.amount === undefined),
  amount: amount(),
  base_unit: baseUnit(),
  seen: seen(),
})

export const seenValidator = vine.create({ seen: seen() })
