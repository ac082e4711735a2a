import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { I18n } from '@adonisjs/i18n'
import { withoutApostrophe } from '#csv/to_csv'
import { UnreadableFile } from '#csv/unreadable_file'
import { CATEGORIES } from '#models/category'
import { productValidator } from '#validators/product'

export const PRODUCT_COLUMNS = ['name', 'name_hi', 'category', 'unit', 'price', 'stock']
const REQUIRED = ['name', 'unit', 'price', 'stock']
export const MOST_ROWS = 1_000

/** One line of the file: what it says, and either the product or why it is none. */
export interface ProductRow {
  line: number
  values: Record<string, string>
  errors: string[]
  product: ImportedProduct | null
}

export interface ImportedProduct {
  name: string
  name_hi: string | null
  category: string | null
  unit: string
  price_paise: number
  stock: number
}

/** Reads a list of products. @throws UnreadableFile */
export async function readProductRows(text: string, i18n: I18n): Promise<ProductRow[]> {
  const records = parseRecords(text)
  if (records.length === 0) throw new UnreadableFile('empty')
  if (records.length > MOST_ROWS) throw new UnreadableFile('too_long', { most: MOST_ROWS })
  const missing = REQUIRED.filter((column) => !(column in records[0].record))
  if (missing.length > 0) throw new UnreadableFile('columns_missing', { names: missing.join(', ') })

  const names = new Set<string>()
  const rows: ProductRow[] = []
  for (const { record, info } of records) {
    const row = await readRow(record, info.lines, i18n)
    const name = row.product?.name.toLowerCase()
    if (name && names.has(name)) rows.push(refuse(row, i18n.t('imports.twice')))
    else rows.push(row)
    if (name) names.add(name)
  }
  return rows
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
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
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

/** Cells that are copied from a spreadsheet have tabs between them, as has its text in UTF-16. */
function delimiterOf(text: string) {
  const [header] = text.trimStart().split('\n', 1)
  return header.includes('\t') ? '\t' : ','
}

async function readRow(record: Record<string, string>, line: number, i18n: I18n) {
  const values = Object.fromEntries(
    PRODUCT_COLUMNS.map((column) => [column, withoutApostrophe(record[column] ?? '')])
  )
  const given = Object.fromEntries(
    Object.entries(values).map(([column, value]) => [column, value === '' ? null : value])
  )
  const [error, product] = await productValidator.tryValidate(
    { ...given, category: categoryOf(values.category, i18n) },
    { messagesProvider: i18n.createMessagesProvider() }
  )
  const row: ProductRow = { line, values, errors: [], product: null }
  if (error) {
    return { ...row, errors: error.messages.map(({ message }: { message: string }) => message) }
  }
  const { price, name_hi: nameHi = null, category = null, ...rest } = product
  return { ...row, product: { ...rest, name_hi: nameHi, category, price_paise: price } }
}

/** Categories may be written by their name as well. */
function categoryOf(text: string, i18n: I18n) {
  const written = text.toLowerCase()
  const known = CATEGORIES.find((slug) => i18n.t(`categories.${slug}`).toLowerCase() === written)
  return known ?? (text || null)
}

function refuse(row: ProductRow, error: string): ProductRow {
  return { ...row, product: null, errors: [error] }
}
