import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { LARGEST_STOCK } from '#models/product'
import { price } from '#validators/rupees'
import { line } from '#validators/text'

const stock = () => vine.number().withoutDecimals().range([0, LARGEST_STOCK])

export const productValidator = vine.create({
  name: line(120),
  name_hi: line(120).nullable().optional(),
  category: vine.enum(CATEGORIES).nullable().optional(),
  unit: line(40),
  price: price(),
  stock: stock(),
})

export const stockValidator = vine.create({
  stock: stock().optional(),
  change: vine.number().withoutDecimals().range([-LARGEST_STOCK, LARGEST_STOCK]).optional(),
})

/** What can be asked of the list of products inside a shop. */
export const productListValidator = vine.create({
  q: line(120).optional(),
  after: line(500).optional(),
})

/** A product that the address proposes to add. */
export const newProductValidator = vine.create({ name: line(120).optional() })
