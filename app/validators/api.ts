import vine from '@vinejs/vine'
import { LARGEST_QUANTITY, MOST_COUNTS } from '#measures/goods'
import { COUNTRIES } from '#locale/countries'
import { decodeCursor, isUuid } from '#models/keyset'
import { PRODUCT_KEY } from '#models/product'
import { ANSWERS } from '#models/order_weights'
import { SHOP_KEY } from '#models/shop'
import { FULFILMENTS } from '#models/order_state'
import { API_PAYMENT_METHODS } from '#transformers/order_transformer'
import { decimal, rupees, said, whole } from '#validators/api_numbers'
import { NOT_STATED } from '#search/filters'
import { count } from '#validators/count'
import { line } from '#validators/text'
import { pinCode } from '#validators/pin_code'
import { slotOf } from '#hours/slots'
import { SLOT } from '#validators/checkout'
import { differentIds, uuid } from '#validators/uuid'

export const LARGEST_PAGE = 100

export const shopValidator = vine.create({
  name: line(120),
  city: line(80),
})

const cursor = (key: ((part: unknown) => boolean)[]) =>
  vine
    .string()
    .maxLength(1_000)
    .use(
      vine.createRule((value, _, field) => {
        if (decodeCursor(value as string, key)) return
        field.report('The {{ field }} field is not one that a Link header gave', 'cursor', field)
      })()
    )
    .optional()

const limit = () =>
  count()
    .transform((size) => Math.max(1, Math.min(size, LARGEST_PAGE)))
    .optional()

export const shopPageValidator = vine.create({ cursor: cursor(SHOP_KEY), limit: limit() })

export const shopShowValidator = vine.create({ pin_code: pinCode().optional() })

export const productPageValidator = vine.create({ cursor: cursor(PRODUCT_KEY), limit: limit() })

const idempotent = /^[\x21-\x7e]{1,200}$/

export function isIdempotencyKey(text: string) {
  return idempotent.test(text)
}

/** Items of one product add up. */
const wantedItems = () =>
  vine
    .array(
      vine.object({
        product_id: uuid(),
        quantity: decimal(0.001, LARGEST_QUANTITY)
          .use(said('In price units: packs, or kg, l, m or dozen of loose goods. 1 by default'))
          .optional(),
        base_quantity: whole(1, MOST_COUNTS)
          .use(said('Instead: packs, or g, ml, cm or pieces of loose goods'))
          .optional(),
        unit_price: rupees('The most that a price unit may cost; any price without it').optional(),
      })
    )
    .minLength(1)
    .maxLength(100)

export const orderValidator = vine.create({
  shop_id: uuid(),
  items: wantedItems(),
  payment_method: vine.enum(API_PAYMENT_METHODS).optional(),
  fulfilment: vine.enum(FULFILMENTS).optional(),
  address: line(300).optional(),
  pin_code: pinCode()
    .use(said('Of the address; without it, the one that the address says'))
    .optional(),
  note: line(300).nullable().optional(),
  slot: vine.string().regex(SLOT).use(said('The `key` of a delivery slot of the shop')).optional(),
})

const SOON = 'soon'
const SLOT_OR_SOON = /^(soon|\d{4}-\d{2}-\d{2} \d{1,4} \d{1,4})$/

/** Null as soon as possible. */
export const readSlot = (slot: string) => (slot === SOON ? null : slotOf(slot))

export const amendmentValidator = vine.create({
  items: vine
    .array(
      vine.object({
        id: uuid(),
        quantity: decimal(0, LARGEST_QUANTITY)
          .use(said('In price units: packs, or kg, l, m or dozen of loose goods. 0 takes it out'))
          .optional(),
        base_quantity: whole(0, MOST_COUNTS)
          .use(said('Instead: packs, or g, ml, cm or pieces of loose goods'))
          .optional(),
      })
    )
    .minLength(1)
    .maxLength(100)
    .use(differentIds('id'))
    .optional(),
  added_items: wantedItems().optional(),
  most_total: rupees(
    'The most that the order may cost then; without it, what it costs now'
  ).optional(),
  payment_method: vine.enum(API_PAYMENT_METHODS).optional(),
  fulfilment: vine.enum(FULFILMENTS).optional(),
  address: line(300).optional(),
  pin_code: pinCode()
    .use(said('Of the address; without it, the one that the address says'))
    .optional(),
  note: line(300).optional(),
  slot: vine
    .string()
    .regex(SLOT_OR_SOON)
    .use(said(`The \`key\` of a delivery slot of the shop, or \`${SOON}\` for as soon as possible`))
    .optional(),
})

export const orderStatusValidator = vine.create({
  status: vine.enum(['confirmed', 'packed', 'shipped', 'delivered', 'cancelled'] as const),
  reason: line(200).optional(),
})

/** What the scale says, in price units or in base units. */
export const weightValidator = vine.create({
  quantity: decimal(0.001, 2 * LARGEST_QUANTITY)
    .use(said('In price units: kg, l, m or dozen'))
    .optional(),
  base_quantity: whole(1, 2 * MOST_COUNTS)
    .use(said('Instead: g, ml, cm or pieces'))
    .optional(),
})

export const weightAnswerValidator = vine.create({
  answer: vine.enum(ANSWERS).use(said('keep: as it was ordered')),
  base_asked_quantity: whole(1, 2 * MOST_COUNTS).use(said('As it was read')),
})

export const orderPageValidator = vine.create({
  cursor: cursor([isUuid]),
  limit: count()
    .transform((size) => Math.max(1, Math.min(size, 50)))
    .optional(),
})

/** As the fields of the answers are called. */
export const API_ORDERS = ['relevance', 'price', 'comparison_price', 'country'] as const

export const searchValidator = vine.create({
  q: line(200),
  type: vine.enum(['all', 'shop', 'product'] as const).optional(),
  city: line(80).optional(),
  country: vine
    .enum([...COUNTRIES, NOT_STATED])
    .use(said(`Only products from there: ISO 3166-1 alpha-2, or ${NOT_STATED} for not stated`))
    .optional(),
  order: vine
    .enum(API_ORDERS)
    .use(
      said(
        'comparison_price: the cheapest per kg, l, m or piece first; country: Indian goods first'
      )
    )
    .optional(),
  size: count()
    .transform((size) => Math.max(1, Math.min(size, 50)))
    .optional(),
})
