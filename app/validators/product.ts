import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { CATEGORIES } from '#models/category'
import { PRODUCT_KINDS } from '#models/product_filter'
import { LABEL_NAMES, type LabelName } from '#models/product_label'
import { eachText, TEXT_NAMES, type TextName } from '#models/product_texts'
import type { Goods } from '#measures/goods'
import { readStock } from '#measures/stock'
import { readStockEdit } from '#numbers/stock_edit'
import { goodsField, goodsFields } from '#validators/goods'
import { labelFields } from '#validators/label'
import { line } from '#validators/text'
import type { GoodsOptions } from '#validators/read_goods'

const GOODS_NAMES = ['sold_as', 'unit', 'smallest', 'step', 'presets', 'price', 'mrp'] as const

/** Fields of the form of a product. How it is sold is read by `GoodsReading`. */
export const PRODUCT_FIELDS = [
  ...(['name', ...TEXT_NAMES, 'category', 'measure', ...GOODS_NAMES, 'stock'] as const),
  ...LABEL_NAMES,
] as const
export type ProductField = (typeof PRODUCT_FIELDS)[number]

export const productValidator = vine.withMetaData<GoodsOptions>().create({
  name: line(120),
  ...eachText(({ longest }) => line(longest).nullable().optional()),
  category: vine.enum(CATEGORIES).nullable().optional(),
  ...goodsFields(),
  ...labelFields(),
})

export type ListedField =
  'name' | TextName | 'category' | (typeof GOODS_NAMES)[number] | 'stock' | 'stock_seen' | LabelName

/** Fields of a line of an import, in the order of an export. */
export const LISTED_FIELDS: ListedField[] = [
  'name',
  ...TEXT_NAMES,
  'category',
  ...GOODS_NAMES,
  'stock',
  'stock_seen',
  ...LABEL_NAMES,
]

/** A line of an import, without how the product is sold, which is read beside what the product is now. */
export const listedProductValidator = vine.create({
  name: line(120),
  ...eachText(({ longest }) => line(longest).optional()),
  category: vine.enum(CATEGORIES).optional(),
  ...labelFields(),
})

/** How the product of a line is sold; the metadata is `GoodsOptions`. */
export const listedGoodsValidator = vine.withMetaData<GoodsOptions>().create({
  ...goodsFields(),
  stock_seen: goodsField('stock_seen'),
})

const isChange = vine.createRule((value, _, field) => {
  const goods = field.meta as Goods
  const edit = readStockEdit(value as string, (size) => readStock(size, goods))
  if (!edit) field.report(messages.number, 'number', field)
  else field.mutate('by' in edit ? edit.by : edit.to, field)
})

/** The two buttons beside the stock: `+1`, `-1 kg`. The metadata is the product. */
export const stockChangeValidator = vine.withMetaData<Goods>().create({
  change: vine.string().use(isChange()).transform(Number),
})

/** Query of the product list of a shop. */
export const productListValidator = vine.create({
  q: line(120).optional(),
  kind: vine.enum(PRODUCT_KINDS).optional(),
  category: vine.enum(CATEGORIES).optional(),
  after: line(500).optional(),
})

/** Prefills the form for a new product. */
export const newProductValidator = vine.create({ name: line(120).optional() })

/** The field of the row that was tapped. */
export const editedFieldValidator = vine.create({
  field: vine.enum(PRODUCT_FIELDS).optional(),
})
