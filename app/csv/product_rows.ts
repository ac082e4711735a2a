import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { Infer } from '@vinejs/vine/types'
import type { I18n } from '@adonisjs/i18n'
import { withoutApostrophe } from '#csv/to_csv'
import { UnreadableFile } from '#csv/unreadable_file'
import { CATEGORIES } from '#models/category'
import Product from '#models/product'
import { TEXT_NAMES } from '#models/product_texts'
import { clean } from '#text/clean'
import { listedProductValidator } from '#validators/product'

/** `stock_seen` is the stock at the time of the export: only the difference is applied. */
export const PRODUCT_COLUMNS = [
  'name',
  ...TEXT_NAMES,
  'category',
  'unit',
  'price',
  'stock',
  'stock_seen',
]
export const NEEDED_WHEN_NEW = ['unit', 'price', 'stock'] as const
export const MOST_ROWS = 1_000

/** A line of the file, with either a product or errors. */
export interface ProductRow {
  line: number
  values: Record<string, string>
  errors: string[]
  product: ListedProduct | null
  /** See `Product.keysOf`. */
  key?: string
}

/** The product fields on a line; empty cells are left out. */
export type ListedProduct = Infer<typeof listedProductValidator>

/** @throws UnreadableFile */
export async function readProductRows(text: string, i18n: I18n): Promise<ProductRow[]> {
  const records = parseRecords(text)
  if (records.length === 0) throw new UnreadableFile('empty')
  if (records.length > MOST_ROWS) throw new UnreadableFile('too_long', { most: MOST_ROWS })
  if (!('name' in records[0].record)) {
    const missing = NEEDED_WHEN_NEW.filter((column) => !(column in records[0].record))
    throw new UnreadableFile('columns_missing', { names: ['name', ...missing].join(', ') })
  }

  const rows: ProductRow[] = []
  for (const { record, info } of records) rows.push(await readRow(record, info.lines, i18n))
  return withKeys(rows, i18n)
}

/** A name is on the list once. */
async function withKeys(rows: ProductRow[], i18n: I18n) {
  const keys = await Product.keysOf(rows.map(({ product }) => product?.name ?? ''))
  const first = new Set<string>()
  return rows.map((row, index) => {
    const key = keys[index]
    if (!row.product) return row
    if (first.has(key)) return refuse(row, i18n.t('imports.twice'))
    first.add(key)
    return { ...row, key }
  })
}

interface CsvRecord {
  record: Record<string, string>
  info: { lines: number }
}

function parseRecords(text: string): CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      columns: (header: string[]) => header.map((name) => clean(name).toLowerCase()),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_ROWS + 1,
      trim: true,
    }) as unknown as CsvRecord[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnreadableFile('not_csv', { line: Number(error.lines ?? 1) }, { cause: error })
  }
}

/** Cells pasted from a spreadsheet are separated by tabs, as are UTF-16 exports. */
function delimiterOf(text: string) {
  const [header] = text.trimStart().split('\n', 1)
  return header.includes('\t') ? '\t' : ','
}

async function readRow(record: Record<string, string>, line: number, i18n: I18n) {
  const values = Object.fromEntries(
    PRODUCT_COLUMNS.map((column) => [column, withoutApostrophe(clean(record[column] ?? ''))])
  )
  const given = { ...values, category: categoryOf(values.category, i18n) }
  const [error, product] = await listedProductValidator.tryValidate(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
    { messagesProvider: i18n.createMessagesProvider(), meta: {} }
  )
  const errors = error?.messages.map(({ message }: { message: string }) => message) ?? []
  return { line, values, errors, product }
}

/** Categories may also be given by name. */
function categoryOf(text: string, i18n: I18n) {
  const written = text.toLowerCase()
  const known = CATEGORIES.find((slug) => i18n.t(`categories.${slug}`).toLowerCase() === written)
  return known ?? text
}

export function refuse<Row extends ProductRow>(row: Row, ...errors: string[]): Row {
  return { ...row, product: null, errors }
}
