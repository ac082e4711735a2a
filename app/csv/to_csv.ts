import { stringify } from 'csv-stringify/sync'

/**
 * CSV for spreadsheets: with a UTF-8 byte order mark, and safe from formula injection. Cells that look like a
 * formula get a leading apostrophe; NUL, which some spreadsheets skip, is removed.
 */
export function toCsv(rows: Record<string, string | number | null>[], columns: string[]) {
  return stringify(rows, {
    header: true,
    columns,
    bom: true,
    escape_formulas: true,
    cast: { string: (value) => value.replaceAll('\0', '') },
  })
}

/** Undoes the apostrophe added by `toCsv`. */
export function withoutApostrophe(text: string) {
  return text.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')
}
