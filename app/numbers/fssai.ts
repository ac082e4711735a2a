import { plain } from '#numbers/plain'

/** Licence (1) or registration (2), FSSAI's code of the state (00: central licence), year, authority, serial number. */
const WRITTEN = /^[12](\d{2})(\d{2})\d{9}$/

const LAST_STATE = 38

/** Numbers of today's form began with the Food Safety and Standards (Licensing and Registration) Regulations, 2011. */
const FIRST_YEAR = 10

/**
 * The fourteen digits of an FSSAI licence or registration; null for anything else. It has no check digit: only its
 * first digit, its state and its year can be checked.
 */
export function readFssai(text: string, today = new Date()): string | null {
  const digits = plain(text).replace(/[ -]/g, '')
  const [, state, year] = WRITTEN.exec(digits)?.map(Number) ?? []
  const isYear = year >= FIRST_YEAR && year <= today.getUTCFullYear() % 100
  return isYear && state <= LAST_STATE ? digits : null
}
