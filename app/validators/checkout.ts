import vine from '@vinejs/vine'
import type { FieldContext } from '@vinejs/vine/types'
import { MOST_ITEMS } from '#cart/cart_item'
import { LARGEST_NET_QUANTITY, MOST_COUNTS } from '#measures/goods'
import { FULFILMENTS, MISSING_ITEMS_CHOICES, PAYMENT_METHODS } from '#models/order_state'
import { baseUnit } from '#validators/cart_item'
import { addressFields } from '#validators/address'
import { count } from '#validators/count'
import { line } from '#validators/text'
import { differentIds, uuid } from '#validators/uuid'
import { mobile } from '#validators/user'

/** The key of a delivery slot. */
export const SLOT = /^\d{4}-\d{2}-\d{2} \d{1,4} \d{1,4}$/

export const slotKey = () => vine.string().regex(SLOT)

export const paise = () => count().range([0, Number.MAX_SAFE_INTEGER])

const items = () =>
  vine
    .array(
      vine.object({
        product_id: uuid(),
        quantity: count().range([1, MOST_COUNTS]),
        price_paise: paise(),
        base_unit: baseUnit(),
        net_quantity: count().range([1, LARGEST_NET_QUANTITY]).optional(),
        cart_line: vine.string().uuid().nullable().optional(),
      })
    )
    .minLength(1)
    .maxLength(MOST_ITEMS)
    .use(differentIds('product_id'))

/** Only the items, so that they survive errors in the rest of the form. */
export const checkoutItemsValidator = vine.create({ items: items() })

export const boughtNowValidator = vine.create({
  quantity: count().range([1, MOST_COUNTS]).optional(),
  base_unit: baseUnit(),
})

/** A saved address has its own mobile. */
const hasNoMobile = ({ parent }: FieldContext) => !parent.address_id
const isTyped = ({ parent }: FieldContext) => parent.fulfilment === 'delivery' && !parent.address_id

/** Of the fields that count, see `countingFields`. */
export const checkoutValidator = vine.create({
  items: items(),
  delivery_fee_paise: paise(),
  tolerance_percent: count().range([0, 100]).optional(),
  fulfilment: vine.enum(FULFILMENTS),
  payment_method: vine.enum(PAYMENT_METHODS),
  address_id: uuid().optional(),
  label: addressFields.label,
  address: line(150).optional().requiredWhen(isTyped),
  landmark: addressFields.landmark,
  city: addressFields.city,
  pin_code: addressFields.pin_code.clone().nullable().optional(),
  save_address: vine.boolean().optional(),
  mobile: mobile().optional().requiredWhen(hasNoMobile),
  note: line(300).nullable().optional(),
  missing_items: vine.enum(MISSING_ITEMS_CHOICES),
  slot: slotKey().nullable().optional(),
})
