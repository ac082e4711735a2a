import type { Infer } from '@vinejs/vine/types'
import type { I18n } from '@adonisjs/i18n'
import { categoryNamed } from '#csv/category_names'
import type { Columns } from '#csv/column_names'
import { isBroken, keyOf, type Corrections } from '#csv/corrections'
import { goodsCells } from '#csv/goods_cells'
import type { List } from '#csv/read_list'
import type { ListRecord } from '#csv/read_records'
import { withoutApostrophe } from '#csv/to_csv'
import { clean } from '#text/clean'
import { LISTED_FIELDS, listedProductValidator, type ListedField } from '#validators/product'

export interface RowError {
  field: ListedField
  message: string
}

/** A line of the list, with either a product or errors. How the product is sold is still to be read. */
export interface ProductRow {
  line: number
  values: Record<ListedField, string>
  errors: RowError[]
  product: ListedProduct | null
}

/** The product fields on a line; empty cells are left out. */
export type ListedProduct = Infer<typeof listedProductValidator>

/** The lines of the list, as the owner corrected them. */
export async function readProductRows(
  { columns, rows }: Pick<List, 'columns' | 'rows'>,
  corrections: Corrections,
  i18n: I18n
): Promise<ProductRow[]> {
  const options = { messagesProvider: i18n.createMessagesProvider() }
  const broken = LISTED_FIELDS.map((field) => ({ field, message: i18n.t('imports.broken') }))
  const read: ProductRow[] = []
  for (const record of rows) {
    const values = valuesOf(record, columns, corrections)
    const [error, product] = await listedProductValidator.tryValidate(given(values), options)
    const row = { line: record.line, values, errors: error?.messages ?? [], product }
    read.push(isBroken(record, corrections) ? refuse(row, ...broken) : row)
  }
  return read
}

function valuesOf({ line, cells }: ListRecord, columns: Columns, corrections: Corrections) {
  const values = LISTED_FIELDS.map((field) => {
    const cell = withoutApostrophe(clean(cells[columns[field] ?? -1] ?? ''))
    return [field, corrections[keyOf(field, line)] ?? cell]
  })
  return Object.fromEntries(values) as ProductRow['values']
}

/** Cells that are not empty, as we call what they name. */
export function given(values: ProductRow['values']) {
  const category = categoryNamed(values.category) ?? values.category
  return Object.fromEntries(
    Object.entries({ ...values, category, ...goodsCells(values) }).filter(
      ([, value]) => value !== ''
    )
  )
}

export function refuse<Row extends ProductRow>(row: Row, ...errors: RowError[]): Row {
  return { ...row, product: null, errors }
}
