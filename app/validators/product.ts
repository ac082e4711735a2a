import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { CATEGORIES } from '#models/category'
import { largestStock } from '#measures/goods'
import { eachText, TEXT_NAMES, type TextName } from '#models/product_texts'
import { readCount, readWhole } from '#numbers/count'
import { readStockEdit } from '#numbers/stock_edit'
import type { DecimalMark } from '#numbers/grouped'
import { price } from '#validators/rupees'
import { count } from '#validators/count'
import { line } from '#validators/text'

const LARGEST_STOCK = largestStock({ soldAs: 'packed' })

const stock = () => count().range([0, LARGEST_STOCK])

const product = () => ({
  name: line(120),
  ...eachText(({ longest }) => line(longest).nullable().optional()),
  category: vine.enum(CATEGORIES).nullable().optional(),
  unit: line(40),
  price: price(),
})

export const productValidator = vine.create({ ...product(), stock: stock() })

const isCount = vine.createRule((value, _, field) => {
  const number = readCount(value as string, field.meta.decimalMark)
  if (number === null) return field.report(messages.number, 'number', field)
  if (number > LARGEST_STOCK) return field.report(messages.range, 'range', field)
  field.mutate(number, field)
})

/** A count; `+5` is rejected because it could mean five more. */
const counted = () => vine.string().use(isCount()).transform(Number)

export type ListedField = 'name' | TextName | 'category' | 'unit' | 'price' | 'stock' | 'stock_seen'

/** Fields of a line of an import, in the order of an export. */
export const LISTED_FIELDS: ListedField[] = [
  'name',
  ...TEXT_NAMES,
  'category',
  'unit',
  'price',
  'stock',
  'stock_seen',
]

/** A line of an import: fields may be left out for existing products. */
export const listedProductValidator = vine.withMetaData<{ decimalMark?: DecimalMark }>().create({
  name: line(120),
  ...eachText(({ longest }) => line(longest).optional()),
  category: vine.enum(CATEGORIES).optional(),
  unit: line(40).optional(),
  price: price().optional(),
  stock: counted().optional(),
  stock_seen: counted().optional(),
})

const isStockEdit = vine.createRule((value, _, field) => {
  const number = readWhole(value as string)
  if (number === null) return field.report(messages.number, 'number', field)
  if (Math.abs(number) > LARGEST_STOCK) field.report(messages.range, 'range', field)
})

/** An existing product: stock as `12`, or relative as `+12` or `−3`. */
export const productEditValidator = vine.create({
  ...product(),
  stock: vine
    .string()
    .use(isStockEdit())
    .transform((text) => readStockEdit(text)!),
})

/** The two buttons beside the stock. */
export const stockChangeValidator = vine.create({
  change: count().range([-LARGEST_STOCK, LARGEST_STOCK]),
})

/** Query of the product list of a shop. */
export const productListValidator = vine.create({
  q: line(120).optional(),
  after: line(500).optional(),
})

/** Prefills the form for a new product. */
export const newProductValidator = vine.create({ name: line(120).optional() })

/** The field of the row that was tapped. */
export const editedFieldValidator = vine.create({
  field: vine.enum(['name', 'price', 'unit', 'brand', 'category']).optional(),
})
