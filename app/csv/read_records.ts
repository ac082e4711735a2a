import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { UnreadableFile } from '#csv/unreadable_file'
import { clean } from '#text/clean'
import type { Separator } from '#validators/product_import'

export const MOST_ROWS = 5_000

/** Exported lists begin with the shop's name, a title and dates. */
export const MOST_TITLES = 10

/**
 * Characters. From then on each line is read on its own, because reading the rest again for each broken line takes too
 * long.
 */
const MOST_READ = 10_000_000

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
    if (record.cells.some((cell) => clean(cell) !== '')) records.push(record)
    if (records.length > MOST_ROWS + MOST_TITLES) throw tooLong()
  }
  let next = 0
  let left = MOST_READ
  while (next < lines.length) {
    const from = next
    const isAlone = left <= 0
    const until = isAlone ? from + 1 : lines.length
    const rest = lines.slice(from, until).join('\n')
    left -= rest.length
    const keepAt = (cells: string[], line: number) => {
      next = from + line
      keep({ line: next, cells })
    }
    const isRead = (isAlone && isBlank(rest, delimiter)) || read(rest, delimiter, keepAt)
    if (isRead) {
      next = until
    } else {
      keep({ cells: lines[next].split(delimiter), line: ++next, broken: true })
    }
  }
  return records
}

/** Nothing but separators, found sooner than by reading the line. */
function isBlank(line: string, delimiter: string) {
  return clean(line.replaceAll('""', '').replaceAll(delimiter, '')) === ''
}

export const tooLong = () => new UnreadableFile('too_long', { most: MOST_ROWS })

/** Cells pasted from a spreadsheet are separated by tabs, as are UTF-16 exports. */
function delimiterOf(lines: string[]) {
  const first = lines.filter((line) => line.trim() !== '').slice(0, MOST_TITLES)
  return first.some((line) => line.includes('\t')) ? '\t' : ','
}

/**
 * Quotes inside a cell are inch marks and the like: `Agarbatti 9" pack`. A cell that begins with a quote has to end
 * with one.
 *
 * @returns whether everything could be read; otherwise up to the line that could not
 */
function read(
  text: string,
  delimiter: string,
  keep: (cells: string[], line: number) => void
): boolean {
  try {
    parse(text, {
      delimiter,
      on_record: (cells: string[], { lines }) => {
        keep(cells, lines)
        return null
      },
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    })
    return true
  } catch (error) {
    if (error instanceof CsvError) return false
    throw error
  }
}
