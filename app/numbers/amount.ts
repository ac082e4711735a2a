import { partsOf, type DecimalMark } from '#numbers/grouped'
import { plain } from '#numbers/plain'

const RUPEES = '(?:rs|re|inr|rupees?|रु|रू|रुपये|रुपए|रुपया)\\.?'

/** After `Rs.` a digit has to follow: `Rs .52` could be 52 rupees or 52 paise. */
const BEFORE = `(?:[₹₨] ?|${RUPEES} ?(?=\\d))?`
const AFTER = `(?: ?(?:/[-=]|[₹₨]|${RUPEES}))?`
const WRITTEN = new RegExp(`^${BEFORE}([\\d.,]+)${AFTER}$`, 'i')

/**
 * Rupees as people write them, in whole paise; null for anything else. Reads `52`, `52.50`, `52.`, `.5`, `₹ 1,250.00`,
 * `Rs. 52`, `52/-`, `1,00,000` and `१२.५०`. Never guesses: `52,50`, `1.234`, `1e3`, `0x10`, `-0` and `5²` are null.
 */
export function readAmount(text: string, mark: DecimalMark = '.'): number | null {
  const [, number] = WRITTEN.exec(plain(text)) ?? []
  const parts = number ? partsOf(number, mark) : null
  if (!parts || parts.fraction.length > 2) return null
  return Number(parts.whole) * 100 + Number(parts.fraction.padEnd(2, '0'))
}
