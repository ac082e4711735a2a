import vine from '@vinejs/vine'
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

/** How many there are: `+5` could be meant as five more, and is not guessed at. */
const counted = () => stock().parse((text) => (/^[+−]/.test(String(text)) ? 'a difference' : text))

/** A line of a list: for what the shop has by that name it may leave anything out. */
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

/** A product that is there already: its stock may be written as `12`, or as `+12` or `−3`. */
export const productEditValidator = vine.create({
  ...product(),
  stock: vine.string().trim().use(isStockEdit()).transform(toStockEdit),
})

/** The two buttons beside the stock. */
export const stockChangeValidator = vine.create({
  change: vine.number().withoutDecimals().range([-LARGEST_STOCK, LARGEST_STOCK]),
})

/** What can be asked of the list of products inside a shop. */
export const productListValidator = vine.create({
  q: line(120).optional(),
  after: line(500).optional(),
})

/** A product that the address proposes to add. */
export const newProductValidator = vine.create({ name: line(120).optional() })
