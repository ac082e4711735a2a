import { LISTED_FIELDS, type ListedField } from '#validators/product'
import { isCountedAlike, isLoose } from '#measures/goods'
import type { ListedProduct, ProductRow } from '#csv/product_rows'
import { eachOfLabel, labelFrom } from '#models/product_label'
import { stockAfter, type default as Product } from '#models/product'
import { namedTexts, TEXT_NAMES } from '#models/product_texts'
import type { GoodsReading } from '#validators/read_goods'

type Value = string | number | number[] | null

export type StoredField = Exclude<ListedField, 'stock_seen'>

/** What the product would be, by the columns of a list; also what only the database needs. */
export type ListedValues = Record<StoredField | 'measure', Value> & {
  net_quantity: number
}

export interface FieldChange {
  field: StoredField
  before: Value
  after: Value
}

/** Stocks that mean the same have the same key. */
export const stockKey = ({ id, soldAs, measure }: Pick<Product, 'id' | 'soldAs' | 'measure'>) =>
  `${id} ${isLoose({ soldAs }) ? measure : soldAs}`

/** @param seen the stock when the list came, if it was counted like now */
export function valuesOf(
  listed: ListedProduct,
  reading: GoodsReading,
  present: Product | null,
  cells: ProductRow['values'],
  seen: number | undefined
): ListedValues {
  const { soldAs, netQuantity, mrpPaise, ...goods } = reading.values
  const texts = namedTexts(present ?? {})
  const label = labelFrom(listed, present ?? {})
  return {
    name: present?.name ?? listed.name,
    ...(Object.fromEntries(
      TEXT_NAMES.map((name) => [name, listed[name] ?? texts[name]])
    ) as typeof texts),
    category: listed.category ?? present?.category ?? null,
    ...goods,
    sold_as: soldAs,
    net_quantity: netQuantity,
    price: reading.pricePaise,
    mrp: mrpPaise,
    stock: stockOf(reading, present, cells.stock, seen),
    ...eachOfLabel((property) => label[property]),
  }
}

/** Stock is changed by its difference from the stock seen; without it, from the current stock. */
function stockOf(
  { values, stock, stockSeen }: GoodsReading,
  present: Product | null,
  cell: string,
  seen = present?.stock
) {
  const to = 'to' in stock ? stock.to : 0
  if (!present || !isCountedAlike(present, values)) return to
  return cell === '' ? present.stock : stockAfter(present, { by: to - (stockSeen ?? seen ?? 0) })
}

export function changesOf(product: Product, after: ListedValues): FieldChange[] {
  const label = labelFrom({}, product)
  const { category, soldAs, unit, smallest, step, presets, pricePaise, mrpPaise, stock } = product
  const before: Record<StoredField, Value> = {
    name: product.name,
    ...namedTexts(product),
    ...{ category, sold_as: soldAs, unit, smallest, step, presets },
    ...{ price: pricePaise, mrp: mrpPaise, stock },
    ...eachOfLabel((property) => label[property]),
  }
  return STORED.map((field) => ({ field, before: before[field], after: after[field] })).filter(
    (change) => JSON.stringify(change.before) !== JSON.stringify(change.after)
  )
}

const STORED = LISTED_FIELDS.filter((field): field is StoredField => field !== 'stock_seen')
