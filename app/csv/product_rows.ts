import type { Infer } from '@vinejs/vine/types'
import type { I18n } from '@adonisjs/i18n'
import { categoryNamed } from '#csv/category_names'
import { FIELDS, type Columns, type Field } from '#csv/column_names'
import { isBroken, keyOf, type Corrections } from '#csv/corrections'
import type { DecimalMark } from '#csv/decimal_marks'
import type { List } from '#csv/read_list'
import type { ListRecord } from '#csv/read_records'
import { withoutApostrophe } from '#csv/to_csv'
import { listedProductValidator } from '#validators/product'

export const NEEDED_WHEN_NEW = ['unit', 'price', 'stock'] as const

export interface RowError {
  field: Field
  message: string
}

/** A line of the list, with either a product or errors. */
export interface ProductRow {
  line: number
  values: Record<Field, string>
  errors: RowError[]
  product: ListedProduct | null
}

/** The product fields on a line; empty cells are left out. */
export type ListedProduct = Infer<typeof listedProductValidator>

/** The lines of the list, as the owner corrected them. */
export async function readProductRows(
  { columns, rows }: Pick<List, 'columns' | 'rows'>,
  corrections: Corrections,
  decimalMark: DecimalMark,
  i18n: I18n
): Promise<ProductRow[]> {
  const options = { messagesProvider: i18n.createMessagesProvider(), meta: { decimalMark } }
  const broken = FIELDS.map((field) => ({ field, message: i18n.t('imports.broken') }))
  const twice: RowError = { field: 'name', message: i18n.t('imports.twice') }
  const names = new Set<string>()
  const read: ProductRow[] = []
  for (const record of rows) {
    const values = valuesOf(record, columns, corrections)
    const [error, product] = await listedProductValidator.tryValidate(given(values), options)
    const row = { line: record.line, values, errors: error?.messages ?? [], product }
    const name = product?.name.toLowerCase()
    if (isBroken(record, corrections)) read.push(refuse(row, ...broken))
    else if (name && names.has(name)) read.push(refuse(row, twice))
    else read.push(row)
    if (name) names.add(name)
  }
  return read
}

function valuesOf({ line, cells }: ListRecord, columns: Columns, corrections: Corrections) {
  const values = FIELDS.map((field) => {
    const cell = withoutApostrophe(cells[columns[field] ?? -1] ?? '')
    return [field, corrections[keyOf(field, line)] ?? cell]
  })
  return Object.fromEntries(values) as ProductRow['values']
}

/** Cells that are not empty, with categories by their slug. */
function given(values: ProductRow['values']) {
  const category = categoryNamed(values.category) ?? values.category
  return Object.fromEntries(
    Object.entries({ ...values, category }).filter(([, value]) => value !== '')
  )
}

export function refuse<Row extends ProductRow>(row: Row, ...errors: RowError[]): Row {
  return { ...row, product: null, errors }
}
