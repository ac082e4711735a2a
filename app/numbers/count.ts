import { partsOf, type DecimalMark } from '#numbers/grouped'
import { plain } from '#numbers/plain'

/**
 * A whole number as people write it, at least 0; null for anything else. Reads `1000`, `1,000`, `1,00,000`, `१०`, `007`
 * and `12.00`, as spreadsheets write it. Never guesses: `1.000`, `1e3`, `0x10`, `0b11`, `-0` and `12.5` are null.
 */
export function readCount(text: string, mark: DecimalMark = '.'): number | null {
  const parts = partsOf(plain(text), mark)
  return parts?.whole && /^0{0,2}$/.test(parts.fraction) ? Number(parts.whole) : null
}

/** The same with an optional sign: `+12`, `−3`, `12`. A signed zero is null. */
export function readWhole(text: string): number | null {
  const [, sign, rest] = /^([+-]?) ?(.*)$/.exec(plain(text))!
  const size = readCount(rest)
  if (size === null || (sign && size === 0)) return null
  return sign === '-' ? -size : size
}
