import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { PRODUCT_KINDS } from '#models/product_filter'
import { line } from '#validators/text'

/** What a list of products showed, so that the answer leads back to it. */
const list = vine
  .object({
    q: line(120).optional(),
    kind: vine.enum(PRODUCT_KINDS).optional(),
    category: vine.enum(CATEGORIES).optional(),
    after: line(500).optional(),
  })
  .optional()

/** Of one selection. */
const MOST = 500

export const productEditValidator = vine.create({
  ids: vine.array(vine.string().uuid()).minLength(1).maxLength(MOST).distinct(),
  /** Enter in the field of the stock presses no button. */
  set: vine.enum(['out', 'stock', 'category', 'withdraw', 'sell']).optional(),
  stock: line(40)
    .optional()
    .requiredWhen(({ parent }) => [undefined, 'stock'].includes(parent.set)),
  category: vine.enum(CATEGORIES).optional().requiredWhen('set', '=', 'category'),
  list,
})

/** The edit that a list says something about. */
export const editedValidator = vine.create({ edited: vine.string().uuid().optional() })
