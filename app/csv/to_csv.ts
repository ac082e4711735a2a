import { stringify } from 'csv-stringify/sync'

/**
 * Rows as a file that spreadsheets open: with a mark that it is UTF-8, and with no cell that they would
 * take for a formula. What begins like one gets an apostrophe before it; NUL, which some skip, is left out.
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

/** What a cell was before `toCsv` made it safe. */
export function withoutApostrophe(text: string) {
  return text.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')
}
