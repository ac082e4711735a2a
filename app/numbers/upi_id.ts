import { plain } from '#numbers/plain'

/** A UPI id such as `name@bank`; null for anything else. Blanks that came with it are dropped. */
export function readUpiId(text: string): string | null {
  const id = plain(text).replaceAll(' ', '')
  return /^[A-Za-z0-9._-]{2,255}@[A-Za-z][A-Za-z0-9]{1,63}$/.test(id) ? id : null
}
