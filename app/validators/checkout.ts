import vine from '@vinejs/vine'
import { LARGEST_QUANTITY, MOST_ITEMS } from '#cart/cart'
import { FULFILMENTS, MISSING_ITEMS_CHOICES, PAYMENT_METHODS } from '#orders/order_state'
import { line } from '#validators/text'
import { differentIds, uuid } from '#validators/uuid'
import { mobile } from '#validators/user'

const paise = () => vine.number().withoutDecimals().range([0, Number.MAX_SAFE_INTEGER])

export const checkoutValidator = vine.create({
  checkout_key: uuid(),
  items: vine
    .array(
      vine.object({
        product_id: uuid(),
        quantity: vine.number().withoutDecimals().range([1, LARGEST_QUANTITY]),
        price_paise: paise(),
      })
    )
    .minLength(1)
    .maxLength(MOST_ITEMS)
    .use(differentIds('product_id')),
  delivery_fee_paise: paise(),
  fulfilment: vine.enum(FULFILMENTS),
  payment_method: vine.enum(PAYMENT_METHODS),
  address: line(300).optional().requiredWhen('fulfilment', '=', 'delivery'),
  mobile: mobile(),
  note: line(300).nullable().optional(),
  missing_items: vine.enum(MISSING_ITEMS_CHOICES),
})
