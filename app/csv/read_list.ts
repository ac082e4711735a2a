import { columnsNamed, type Columns } from '#csv/column_names'
import { MOST_ROWS, MOST_TITLES, readRecords, tooLong, type ListRecord } from '#csv/read_records'
import { UnreadableFile } from '#csv/unreadable_file'
import type { Separator } from '#validators/product_import'

/** How the owner says that the list is written. Columns that are not given are found by their names. */
export interface ListFormat {
  separator: Separator
  columns: Columns | null
  /** Whether a line names the columns, or all lines are products. */
  hasHeader: boolean
}

export interface List {
  header: string[]
  columns: Columns
  rows: ListRecord[]
}

/** @throws UnreadableFile */
export function readList(text: string, { separator, columns, hasHeader }: ListFormat): List {
  const records = readRecords(text, separator)
  if (records.length === 0) throw new UnreadableFile('empty')
  const at = headerAt(records)
  const named = columnsNamed(records[at].cells)
  const rows = columns && !hasHeader ? records : records.slice(at + 1)
  if (rows.length === 0) throw new UnreadableFile('empty')
  if (rows.length > MOST_ROWS) throw tooLong()
  return { header: records[at].cells, columns: columns ?? named, rows }
}

/** The line that names the most fields, the product's name among them; else the first. */
function headerAt(records: ListRecord[]) {
  const counts = records.slice(0, MOST_TITLES).map(({ cells }) => {
    const columns = columnsNamed(cells)
    return columns.name === undefined ? 0 : Object.keys(columns).length
  })
  return Math.max(counts.indexOf(Math.max(...counts)), 0)
}
