import { createHash } from 'node:crypto'
import type { I18n } from '@adonisjs/i18n'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { NEEDED_WHEN_NEW, refuse, type ListedProduct, type ProductRow } from '#csv/product_rows'
import Product, { stockAfter } from '#models/product'
import { namedTexts, TEXT_NAMES, type TextName } from '#models/product_texts'

export interface FieldChange {
  field: TextName | 'category' | 'unit' | 'price' | 'stock'
  before: string | number | null
  after: string | number
}

/** A line of the list, the shop's product of that name, and the changes the line makes. */
export interface PlannedRow extends ProductRow {
  present: Product | null
  changes: FieldChange[]
}

/** The changes the list would make now. */
export async function planImport(
  shopId: string,
  rows: ProductRow[],
  i18n: I18n,
  client?: QueryClientContract
): Promise<PlannedRow[]> {
  const keys = rows.flatMap(({ key }) => key ?? [])
  const query = Product.keyedIn(shopId, keys, client).orderBy('id')
  const known = await (client ? query.forUpdate() : query)
  const byKey = new Map(known.map((product) => [product.$extras.key, product]))
  return rows.map((row) => {
    const present = byKey.get(row.key) ?? null
    if (!row.product) return { ...row, present: null, changes: [] }
    if (present) return { ...row, present, changes: changesOf(row.product, present) }
    return checkNew({ ...row, present, changes: [] }, row.product, i18n)
  })
}

/** A new product needs all required fields. */
function checkNew(row: PlannedRow, product: ListedProduct, i18n: I18n) {
  const missing = NEEDED_WHEN_NEW.filter((column) => product[column] === undefined)
  if (missing.length === 0) return row
  const errors = missing.map((column) => {
    const field = i18n.t(`validator.shared.fields.${column}`)
    return i18n.t('validator.shared.messages.required', { field })
  })
  return refuse(row, ...errors)
}

/** Stock is changed by its difference from the stock seen; without one, from the current stock. */
function changesOf(listed: ListedProduct, present: Product): FieldChange[] {
  const { stock = present.stock, stock_seen: seen = present.stock } = listed
  const after =
    listed.stock === undefined ? present.stock : stockAfter(present.stock, { by: stock - seen })
  const texts = namedTexts(present)
  const fields = [
    ...TEXT_NAMES.map((field) => ({ field, before: texts[field], after: listed[field] })),
    { field: 'category', before: present.category, after: listed.category },
    { field: 'unit', before: present.unit, after: listed.unit },
    { field: 'price', before: present.pricePaise, after: listed.price },
    { field: 'stock', before: present.stock, after },
  ] as const
  return fields.filter((change): change is typeof change & FieldChange => {
    return change.after !== undefined && change.after !== change.before
  })
}

/** Adds the current stock to each line, as the stock seen. */
export function withStockSeen(plan: PlannedRow[]) {
  return plan.map(({ values, present }) => {
    return { ...values, stock_seen: values.stock_seen || String(present?.stock ?? '') }
  })
}

/** Changes when the result of the import would change; stock may differ. */
export function digestOf(plan: PlannedRow[]) {
  const shown = plan.map(({ present, changes }) => {
    return [present?.id, changes.filter(({ field }) => field !== 'stock')]
  })
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
}
