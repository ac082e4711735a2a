import vine from '@vinejs/vine'
import { PRODUCT_FIELDS } from '#edits/texts'
import { CATEGORIES } from '#models/category'
import { LARGEST_STOCK } from '#models/product'
import { eachText } from '#models/product_texts'
import { price } from '#validators/rupees'
import { line } from '#validators/text'

const stock = () => vine.number().withoutDecimals().range([0, LARGEST_STOCK])

const product = () => ({
  name: line(120),
  ...eachText(({ longest }) => line(longest).nullable().optional()),
  category: vine.enum(CATEGORIES).nullable().optional(),
  unit: line(40),
  price: price(),
})

export const productValidator = vine.create({ ...product(), stock: stock() })

/** A count; `+5` is rejected because it could mean five more. */
const counted = () => stock().parse((text) => (/^[+−]/.test(String(text)) ? 'a difference' : text))

/** A line of an import: fields may be left out for existing products. */
export const listedProductValidator = vine.create({
  name: line(120),
  ...eachText(({ longest }) => line(longest).optional()),
  category: vine.enum(CATEGORIES).optional(),
  unit: line(40).optional(),
  price: price().optional(),
  stock: counted().optional(),
  stock_seen: counted().optional(),
})

const STOCK = /^([+\-−]?)\s?(\d{1,7})$/

/** A stock that was counted, or by how much it changes. */
export type StockEdit = { to: number } | { by: number }

const isStockEdit = vine.createRule((value, _, field) => {
  const [, , digits] = STOCK.exec(value as string) ?? []
  if (!digits) return field.report('The {{ field }} field must be a number', 'number', field)
  if (Number(digits) > LARGEST_STOCK) {
    field.report('The {{ field }} field is out of range', 'range', field)
  }
})

function toStockEdit(text: string): StockEdit {
  const [, sign, digits] = STOCK.exec(text)!
  if (!sign) return { to: Number(digits) }
  return { by: sign === '+' ? Number(digits) : -Number(digits) }
}

/** An existing product: stock as `12`, or relative as `+12` or `−3`. */
export const productEditValidator = vine.create({
  ...product(),
  stock: vine.string().trim().use(isStockEdit()).transform(toStockEdit),
})

/** The two buttons beside the stock. */
export const stockChangeValidator = vine.create({
  change: vine.number().withoutDecimals().range([-LARGEST_STOCK, LARGEST_STOCK]),
})

/** Query of the product list of a shop. */
export const productListValidator = vine.create({
  q: line(120).optional(),
  after: line(500).optional(),
})

/** Prefills the form for a new product. */
export const newProductValidator = vine.create({ name: line(120).optional() })

/** The field of the row that was tapped. */
export const editedFieldValidator = vine.create({ field: vine.enum(PRODUCT_FIELDS).optional() })
