import { createHash } from 'node:crypto'
import type { I18n } from '@adonisjs/i18n'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type ImportDraft from '#csv/import_draft'
import {
  changesOf,
  stockKey,
  valuesOf,
  type FieldChange,
  type ListedValues,
} from '#csv/listed_values'
import { readListedGoods } from '#csv/listed_goods'
import { refuse, type ProductRow } from '#csv/product_rows'
import type { Goods } from '#measures/goods'
import Product from '#models/product'
import { clean } from '#text/clean'

/** A line of the list, the shop's product of that name, and what it would be after the import. */
export interface PlannedRow extends ProductRow {
  present: Product | null
  after: ListedValues | null
  goods: Goods
  changes: FieldChange[]
}

/** The changes the draft would make now; on locked products, if they are to be made. */
export async function planImport(
  { shopId, stocks, decimalMark }: ImportDraft,
  rows: ProductRow[],
  i18n: I18n,
  client: QueryClientContract | undefined,
  { lock = false } = {}
): Promise<PlannedRow[]> {
  const keys = await Product.keysOf(rows.map(nameIn), client)
  const query = Product.keyedIn(shopId, keys, client).orderBy('id')
  const known = await (lock ? query.forUpdate() : query)
  const byKey = new Map(known.map((product) => [product.$extras.key, product]))
  const listed = new Set<string>()
  const plan: PlannedRow[] = []
  for (const [index, row] of rows.entries()) {
    const present = byKey.get(keys[index]) ?? null
    const { goods, errors } = await readListedGoods(row, present, decimalMark, i18n)
    const planned = { ...row, present, after: null, goods: goods.values, changes: [] }
    if (!row.product || errors.length > 0) {
      plan.push(refuse(planned, ...row.errors, ...errors))
    } else if (listed.has(keys[index])) {
      plan.push(refuse(planned, { field: 'name', message: i18n.t('imports.twice') }))
    } else {
      listed.add(keys[index])
      const seen = present ? stocks[stockKey(present)] : undefined
      const after = valuesOf(row.product, goods, present, row.values, seen)
      plan.push({ ...planned, after, changes: present ? changesOf(present, after) : [] })
    }
  }
  return plan
}

/** As long as a name can be: longer ones are refused, and name no product. */
const nameIn = ({ values }: ProductRow) => clean(values.name).slice(0, 120).toWellFormed()

/** Whether importing the row does anything. */
export function isEffective({ product, present, changes }: PlannedRow) {
  return product !== null && (!present || changes.length > 0)
}

/** Changes when the import would do something else, except for stock that was sold in the meantime. */
export function digestOf(plan: PlannedRow[]) {
  const shown = plan.map(({ values, product, present, changes }) => {
    return [product && values, present?.id, changes.filter(({ field }) => field !== 'stock')]
  })
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
}
