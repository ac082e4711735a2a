import { readCount } from '#numbers/count'
import { plain } from '#numbers/plain'

/** A stock that was counted, or by how much it changes. */
export type StockEdit = { to: number } | { by: number }

/** Whether the text has a sign, so that it means a change: `+12`, `−3`. */
export function isDifference(text: string): boolean {
  return /^[+-]/.test(plain(text))
}

/**
 * `12` is the stock that was counted; `+12` and `−3` change it. Null for anything else, such as `-0`.
 *
 * @param read what stands after the sign: a count, unless the stock is weighed
 */
export function readStockEdit(
  text: string,
  read: (size: string) => number | null = readCount
): StockEdit | null {
  const [, sign, rest] = /^([+-]?) ?(.*)$/.exec(plain(text))!
  const size = read(rest)
  if (size === null || (sign && size === 0)) return null
  if (!sign) return { to: size }
  return { by: sign === '-' ? -size : size }
}
