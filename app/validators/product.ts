import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { LARGEST_STOCK } from '#models/product'
import { line } from '#validators/text'

export const LARGEST_PRICE = 100_000_000

const inRange = vine.createRule((value, _, field) => {
  const paise = toPaise(value as string)
  if (paise >= 1 && paise <= LARGEST_PRICE) return
  field.report('The {{ field }} field must be between 0.01 and 10,00,000', 'price_range', field)
})

/** Rupees as people write them, `52`, `52.5` or `1,250.00`, become whole paise. */
const rupees = () =>
  vine
    .string()
    .trim()
    .maxLength(20)
    .regex(/^\d+(,\d{2,3})*(\.\d{1,2})?$/)
    .use(inRange())
    .transform(toPaise)

function toPaise(text: string) {
  return Math.round(Number(text.replaceAll(',', '')) * 100)
}

const stock = () => vine.number().withoutDecimals().range([0, LARGEST_STOCK])

export const productValidator = vine.create({
  name: line(120),
  name_hi: line(120).nullable().optional(),
  category: vine.enum(CATEGORIES).nullable().optional(),
  unit: line(40),
  price: rupees(),
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
