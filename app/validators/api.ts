import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { LARGEST_QUANTITY, largestStock } from '#measures/goods'
import { decodeCursor, isUuid } from '#models/keyset'
import { PRODUCT_KEY } from '#models/product'
import { eachText } from '#models/product_texts'
import { SHOP_KEY } from '#models/shop'
import { FULFILMENTS } from '#models/order_state'
import { API_PAYMENT_METHODS } from '#transformers/order_transformer'
import { toPaise, toRupees } from '#locale/rupees'
import { LARGEST_PRICE } from '#validators/rupees'
import { count } from '#validators/count'
import { line } from '#validators/text'
import { uuid } from '#validators/uuid'

export const LARGEST_PAGE = 100

const LARGEST_STOCK = largestStock({ soldAs: 'packed' })

/** Initial stock for clients that do not track it. */
export const UNCOUNTED_STOCK = 1_000

const wholePaise = vine.createRule(
  (value, _, field) => {
    const paise = (value as number) * 100
    if (Math.abs(paise - Math.round(paise)) < 1e-6) return
    field.report('The {{ field }} field can have at most two decimal places', 'decimal', field)
  },
  { toJSONSchema: (schema) => (schema.multipleOf = 0.01) }
)

/** Decimal rupees to whole paise. */
const rupees = () =>
  vine
    .number({ strict: true })
    .range([0.01, toRupees(LARGEST_PRICE)])
    .use(wholePaise())
    .transform(toPaise)

const product = () => ({
  name: line(120),
  price: rupees(),
  ...eachText(({ longest }) => line(longest).nullable().optional()),
  category: vine.enum(CATEGORIES).nullable().optional(),
  unit: line(40).optional(),
  stock: vine.number({ strict: true }).withoutDecimals().range([0, LARGEST_STOCK]).optional(),
})

export const productValidator = vine.create(product())

const stockChange = () =>
  vine
    .number({ strict: true })
    .withoutDecimals()
    .range([-LARGEST_STOCK, LARGEST_STOCK])
    .optional()
    .meta({
      description:
        'Added to the current stock, or subtracted when negative; never below 0. A `stock` in the same request ' +
        'is applied first.',
    })

export const productChangeValidator = vine.create({ ...product(), stock_change: stockChange() })

/** The same, with every field optional. */
export const productPatchValidator = vine.create({
  ...product(),
  name: line(120).optional(),
  price: rupees().optional(),
  stock_change: stockChange(),
})

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

export const productPageValidator = vine.create({ cursor: cursor(PRODUCT_KEY), limit: limit() })

const idempotent = /^[\x21-\x7e]{1,200}$/

export function isIdempotencyKey(text: string) {
  return idempotent.test(text)
}

export const orderValidator = vine.create({
  shop_id: uuid(),
  items: vine
    .array(
      vine.object({
        product_id: uuid(),
        quantity: vine
          .number({ strict: true })
          .withoutDecimals()
          .range([1, LARGEST_QUANTITY])
          .optional(),
        /** Maximum unit price the customer accepts; defaults to the current price. */
        unit_price: rupees().optional(),
      })
    )
    .minLength(1)
    .maxLength(100),
  payment_method: vine.enum(API_PAYMENT_METHODS).optional(),
  fulfilment: vine.enum(FULFILMENTS).optional(),
  address: line(300).optional(),
  note: line(300).nullable().optional(),
})

export const orderStatusValidator = vine.create({
  status: vine.enum(['confirmed', 'packed', 'shipped', 'delivered', 'cancelled'] as const),
  reason: line(200).optional(),
})

export const orderPageValidator = vine.create({
  cursor: cursor([isUuid]),
  limit: count()
    .transform((size) => Math.max(1, Math.min(size, 50)))
    .optional(),
})

export const searchValidator = vine.create({
  q: line(200),
  type: vine.enum(['all', 'shop', 'product'] as const).optional(),
  city: line(80).optional(),
  size: count()
    .transform((size) => Math.max(1, Math.min(size, 50)))
    .optional(),
})
