import { plain } from '#numbers/plain'

/**
 * A payment's reference as the UPI app shows it; null for other characters than letters, digits, `/` and `-`. Blanks
 * are dropped, and the dashes of a UTR: `1234 5678 9012` and `1234-5678-9012` are 123456789012. Beside letters a dash
 * may be part of the reference, so it stays.
 */
export function readReference(text: string): string | null {
  const reference = plain(text).replaceAll(' ', '')
  if (!/^[/-]*[A-Za-z0-9][A-Za-z0-9/-]*$/.test(reference)) return null
  return /^[\d-]+$/.test(reference) ? reference.replaceAll('-', '') : reference
}

/** The twelve digits of a UTR in groups; other words, such as `cash`, as they are. */
export function withUtr(text: string): string {
  const reference = readReference(text)
  return reference && /^\d{12}$/.test(reference) ? reference : text
}
