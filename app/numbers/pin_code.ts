import { plain } from '#numbers/plain'

/** The six digits of a PIN code; null for anything else. Reads `452 001`, `452-001` and `४५२००१`. */
export function readPinCode(text: string): string | null {
  const digits = plain(text).replace(/[ -]/g, '')
  return /^[1-9]\d{5}$/.test(digits) ? digits : null
}

/** PIN codes with commas, line ends or spaces between, each once; null for anything else. */
export function readPinCodes(text: string): string[] | null {
  const written = /[1-9]\d{2}[ -]?\d{3}(?!\d)/g
  const digits = plain(text)
  if (/[^\s,;]/.test(digits.replace(written, ''))) return null
  const codes = [...(digits.match(written) ?? [])].map((code) => code.replace(/\D/g, ''))
  return codes.length > 0 ? [...new Set(codes)] : null
}

/** The first digits of PIN codes; null for anything else. */
export function readPinPrefix(text: string): string | null {
  const digits = plain(text).replace(/ /g, '')
  return /^[1-9]\d{0,5}$/.test(digits) ? digits : null
}

const AFTER_THE_WORD = /(?<!\p{L})(?:pin|पिन)(?: ?(?:code|कोड))?[\s:.-]*([1-9]\d{2} ?\d{3})(?!\d)/iu
const AT_THE_END = /(?<!\d|\d-)([1-9]\d{2} ?\d{3})[\s,.]*(?:India|भारत)?[\s.]*$/iu

/**
 * The PIN code that an address says: after the word PIN, or at its end. Other numbers are of houses, plots and phones.
 * Null when there is none.
 */
export function pinCodeIn(address: string): string | null {
  const text = plain(address)
  const found = AFTER_THE_WORD.exec(text) ?? AT_THE_END.exec(text)
  return found ? found[1].replace(' ', '') : null
}
