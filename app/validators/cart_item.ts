import vine from '@vinejs/vine'
import { MOST_COUNTS } from '#measures/goods'
import { count } from '#validators/count'
import { uuid } from '#validators/uuid'

/** The quantity that the page showed, of the item or of the whole cart. */
const seen = () => count().optional()

export const cartItemValidator = vine.create({
  product_id: uuid(),
  quantity: count().range([1, MOST_COUNTS]).optional(),
  seen: seen(),
})

/** 0 removes the item, which is how the last `−` does it. */
export const quantityValidator = vine.create({
  quantity: count().range([0, MOST_COUNTS]),
  seen: seen(),
})

export const seenValidator = vine.create({ seen: seen() })
