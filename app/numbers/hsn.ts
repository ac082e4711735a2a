import { plain } from '#numbers/plain'

/** The 4, 6 or 8 digits of an HSN code; null for anything else. Reads `1006.30.20`, `1006 30 20` and `१००६`. */
export function readHsn(text: string): string | null {
  const digits = plain(text).replace(/[ .-]/g, '')
  return /^\d{4}(\d{2}){0,2}$/.test(digits) ? digits : null
}
