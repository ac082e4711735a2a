import vine from '@vinejs/vine'
import { largestStock, MEASURES, MOST_COUNTS, SOLD_AS } from '#measures/goods'
import { CATEGORIES } from '#models/category'
import { eachText } from '#models/product_texts'
import { labelFields } from '#validators/api_label'
import { decimal, rupees, rupeesOrNull, said, whole } from '#validators/api_numbers'
import { line } from '#validators/text'

/** Initial stock for clients that do not track it, in price units. */
export const UNCOUNTED_STOCK = 1_000

const LARGEST_STOCK = largestStock({ soldAs: 'packed' })
const LARGEST_BASE_STOCK = largestStock({ soldAs: 'loose' })

const amount = () => whole(1, MOST_COUNTS)

const goods = () => ({
  sold_as: vine.enum(SOLD_AS).use(said('Packed unless it says loose')).optional(),
  measure: vine.enum(MEASURES).use(said('Read from `unit` when missing')).optional(),
  net_quantity: whole(1, 1_000_000)
    .use(said('g, ml, cm or pieces of one pack; read from `unit` when missing'))
    .optional(),
  unit: line(40).optional(),
  smallest: amount()
    .use(said('Of loose goods: the smallest amount sold, in base units'))
    .optional(),
  step: amount().use(said('Of loose goods: what the buttons add, in base units')).optional(),
  presets: vine
    .array(amount())
    .maxLength(8)
    .use(said('Of loose goods: amounts to choose from, in base units, none below `smallest`'))
    .optional(),
})

const stock = () => ({
  stock: decimal(0, LARGEST_STOCK)
    .use(said('In price units: packs, or kg, l, m or dozen of loose goods'))
    .optional(),
  base_stock: whole(0, LARGEST_BASE_STOCK)
    .use(said('The same in base units: packs, or g, ml, cm or pieces of loose goods'))
    .optional(),
})

const product = () => ({
  name: line(120),
  price: rupees(),
  ...eachText(({ longest }) => line(longest).nullable().optional()),
  category: vine.enum(CATEGORIES).nullable().optional(),
  ...goods(),
  ...stock(),
  mrp: rupeesOrNull('Of packed goods: the price is never above it').optional(),
  ...labelFields(),
})

export const productValidator = vine.create(product())

const CHANGE =
  'Added to the current stock, or subtracted when negative; never below 0. A stock in the same request is applied first.'

const stockChange = () => ({
  stock_change: decimal(-LARGEST_STOCK, LARGEST_STOCK).use(said(CHANGE)).optional(),
  base_stock_change: whole(-LARGEST_BASE_STOCK, LARGEST_BASE_STOCK)
    .use(said('The same in base units'))
    .optional(),
})

export const productChangeValidator = vine.create({ ...product(), ...stockChange() })

/** The same, with every field optional. */
export const productPatchValidator = vine.create({
  ...product(),
  ...stockChange(),
  name: line(120).optional(),
  price: rupees().optional(),
})
