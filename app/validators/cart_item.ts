import vine from '@vinejs/vine'
import { LARGEST_QUANTITY } from '#cart/cart_item'
import { count } from '#validators/count'
import { uuid } from '#validators/uuid'

/** The quantity that the page showed, of the item or of the whole cart. */
const seen = () => count().optional()

export const cartItemValidator = vine.create({
  product_id: uuid(),
  quantity: count().range([1, LARGEST_QUANTITY]).optional(),
  seen: seen(),
})

/** 0 removes the item, which is how the last `−` does it. */
export const quantityValidator = vine.create({
  quantity: count().range([0, LARGEST_QUANTITY]),
  seen: seen(),
})

export const seenValidator = vine.create({ seen: seen() })
