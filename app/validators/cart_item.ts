import vine from '@vinejs/vine'
import { LARGEST_QUANTITY } from '#cart/cart'

export const cartItemValidator = vine.create({
  product_id: vine.string().uuid(),
  quantity: vine.number().withoutDecimals().range([1, LARGEST_QUANTITY]).optional(),
})

/** Nothing of it is left at 0, which is how the last `−` removes an item. */
export const quantityValidator = vine.create({
  quantity: vine.number().withoutDecimals().range([0, LARGEST_QUANTITY]),
})
