import { readWhole } from '#numbers/count'
import { plain } from '#numbers/plain'

/** A stock that was counted, or by how much it changes. */
export type StockEdit = { to: number } | { by: number }

/** Whether the text has a sign, so that it means a change: `+12`, `−3`. */
export function isDifference(text: string): boolean {
  return /^[+-]/.test(plain(text))
}

/** `12` is the stock that was counted; `+12` and `−3` change it. Null for anything else, such as `-0`. */
export function readStockEdit(text: string): StockEdit | null {
  const number = readWhole(text)
  if (number === null) return null
  return isDifference(text) ? { by: number } : { to: number }
}
