import { stringify } from 'csv-stringify/sync'

const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

/**
 * CSV for spreadsheets: with a UTF-8 byte order mark unless the reader takes none, and safe from formula injection. Cells that look like a
 * formula get a leading apostrophe, those that have some already too, so that it can be undone; NUL, which some
 * spreadsheets skip, is removed.
 */
export function toCsv(
  rows: Record<string, string | number | null>[],
  columns: string[],
  { bom = true } = {}
) {
  return stringify(rows, {
    header: true,
    columns,
    bom,
    cast: { string: (value) => withApostrophe(value.replaceAll('\0', '')) },
  })
}

const withApostrophe = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

/** Undoes the apostrophe added by `toCsv`. */
export function withoutApostrophe(text: string) {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}
