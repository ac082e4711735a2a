import { plain } from '#numbers/plain'

/** The six digits of a PIN code; null for anything else. Reads `452 001`, `452-001` and `४५२००१`. */
export function readPinCode(text: string): string | null {
  const digits = plain(text).replace(/[ -]/g, '')
  return /^[1-9]\d{5}$/.test(digits) ? digits : null
}
