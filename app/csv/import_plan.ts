import { createHash } from 'node:crypto'
import type { I18n } from '@adonisjs/i18n'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type ImportDraft from '#csv/import_draft'
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

/** The changes the draft would make now; on locked products, if they are to be made. */
export async function planImport(
  { shopId, stocks }: ImportDraft,
  rows: ProductRow[],
  i18n: I18n,
  client: QueryClientContract | undefined,
  { lock = false } = {}
): Promise<PlannedRow[]> {
  const names = rows.map(({ product }) => product?.name ?? '')
  const keys = await Product.keysOf(names, client)
  const query = Product.keyedIn(shopId, keys, client).orderBy('id')
  const known = await (lock ? query.forUpdate() : query)
  const byKey = new Map(known.map((product) => [product.$extras.key, product]))
  const listed = new Set<string>()
  return rows.map((row, index) => {
    const key = keys[index]
    const present = byKey.get(key) ?? null
    if (!row.product) return { ...row, present: null, changes: [] }
    if (listed.has(key)) return refuseTwice({ ...row, present, changes: [] }, i18n)
    listed.add(key)
    if (!present) return checkNew({ ...row, present, changes: [] }, row.product, i18n)
    const seen = row.product.stock_seen ?? stocks[present.id]
    return { ...row, present, changes: changesOf(row.product, present, seen) }
  })
}

/** Whether importing the row does anything. */
export function isEffective({ product, present, changes }: PlannedRow) {
  return product !== null && (!present || changes.length > 0)
}

function refuseTwice(row: PlannedRow, i18n: I18n) {
  return refuse(row, { field: 'name', message: i18n.t('imports.twice') })
}

/** A new product needs all required fields. */
function checkNew(row: PlannedRow, product: ListedProduct, i18n: I18n) {
  const missing = NEEDED_WHEN_NEW.filter((column) => product[column] === undefined)
  if (missing.length === 0) return row
  const errors = missing.map((field) => {
    const name = i18n.t(`validator.shared.fields.${field}`)
    return { field, message: i18n.t('validator.shared.messages.required', { field: name }) }
  })
  return refuse(row, ...errors)
}

/** Stock is changed by its difference from the stock seen; without it, from the current stock. */
function changesOf(listed: ListedProduct, present: Product, seen = present.stock): FieldChange[] {
  const { stock = present.stock } = listed
  const after =
    listed.stock === undefined ? present.stock : stockAfter(present, { by: stock - seen })
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

/** Changes when the import would do something else, except for stock that was sold in the meantime. */
export function digestOf(plan: PlannedRow[]) {
  const shown = plan.map(({ product, present, changes }) => {
    return [product, present?.id, changes.filter(({ field }) => field !== 'stock')]
  })
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
}
