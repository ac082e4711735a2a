import { BLANK } from '#text/characters'
import { DASH, digitsFrom, plain, UNSEEN } from '#numbers/plain'

const BETWEEN = `[${BLANK}${DASH}${UNSEEN}.()\\uff08\\uff09]*`
const digit = (from: number, to = from) => `[${digitsFrom(from, to)}]${BETWEEN}`
const COUNTRY = `(([+\\uff0b]${BETWEEN}|${digit(0)}${digit(0)})?${digit(9)}${digit(1)})?`

/** The source of a regular expression that JSON Schema can use. */
export const MOBILE = `^${BETWEEN}${COUNTRY}(${digit(0)})?${digit(6, 9)}(${digit(0, 9)}){9}$`

const written = new RegExp(MOBILE, 'u')

/**
 * The ten digits of an Indian mobile number; null for anything else. Reads `+91 98765 43210`, `0091 9876543210`,
 * `0 98765 43210`, `(+91) 987 654 3210`, `98765–43210`, `९८७६५४३२१०`, and numbers that were copied with invisible marks.
 */
export function readMobile(text: string): string | null {
  return written.test(text) ? plain(text).replace(/\D/g, '').slice(-10) : null
}
