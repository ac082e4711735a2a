import vine from '@vinejs/vine'
import { LARGEST_QUANTITY } from '#cart/cart_item'
import { uuid } from '#validators/uuid'

export const cartItemValidator = vine.create({
  product_id: uuid(),
  quantity: vine.number().withoutDecimals().range([1, LARGEST_QUANTITY]).optional(),
})

/** 0 removes the item, which is how the last `−` does it. `seen` is the quantity that the page showed. */
export const quantityValidator = vine.create({
  quantity: vine.number().withoutDecimals().range([0, LARGEST_QUANTITY]),
  seen: vine.number().optional(),
})

/** What a page showed as the size of the cart. */
export const seenCartValidator = vine.create({ seen: vine.number().optional() })
