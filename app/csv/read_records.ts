import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { UnreadableFile } from '#csv/unreadable_file'

export const SEPARATORS = ['usual', 'semicolon'] as const
export type Separator = (typeof SEPARATORS)[number]

export const MOST_ROWS = 5_000

/** Exported lists begin with the shop's name, a title and dates. */
export const MOST_TITLES = 10

/** A line with anything in it. Of a broken one, which has a quote too many, the cells are a guess. */
export interface ListRecord {
  line: number
  cells: string[]
  broken?: true
}

/**
 * The lines of a list. A line that cannot be read is broken, and those after it are read on their own.
 *
 * @throws UnreadableFile when there are too many
 */
export function readRecords(text: string, separator: Separator): ListRecord[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const delimiter = separator === 'semicolon' ? ';' : delimiterOf(lines)
  const records: ListRecord[] = []
  const keep = (record: ListRecord) => {
    if (record.cells.some((cell) => cell !== '')) records.push(record)
    if (records.length > MOST_ROWS + MOST_TITLES) throw tooLong()
  }
  let next = 0
  while (next < lines.length) {
    const from = next
    const read = (cells: string[], line: number) => {
      next = from + line
      keep({ line: next, cells })
    }
    if (readAll(lines.slice(from).join('\n'), delimiter, read)) break
    while (lines[next].trim() === '') next++
    const line = lines[next++]
    keep({ line: next, ...readAlone(line, delimiter) })
  }
  return records
}

export const tooLong = () => new UnreadableFile('too_long', { most: MOST_ROWS })

/** Cells pasted from a spreadsheet are separated by tabs, as are UTF-16 exports. */
function delimiterOf(lines: string[]) {
  const first = lines.filter((line) => line.trim() !== '').slice(0, MOST_TITLES)
  return first.some((line) => line.includes('\t')) ? '\t' : ','
}

const options = (delimiter: string) => ({
  bom: true,
  delimiter,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
  trim: true,
})

/** Reads up to the first line that cannot be read; whether all could. */
function readAll(
  text: string,
  delimiter: string,
  read: (cells: string[], line: number) => void
): boolean {
  try {
    parse(text, {
      ...options(delimiter),
      on_record: (cells: string[], { lines }) => {
        read(cells, lines)
        return null
      },
    })
    return true
  } catch (error) {
    if (error instanceof CsvError) return false
    throw error
  }
}

/** Inch marks are no quotes: `Agarbatti 9" pack`. A quote at the start of a cell has to close at its end. */
function readAlone(line: string, delimiter: string): Omit<ListRecord, 'line'> {
  const cells = line.split(delimiter).map((cell) => cell.trim())
  if (cells.some((cell) => cell.startsWith('"'))) return { cells, broken: true }
  return { cells }
}
