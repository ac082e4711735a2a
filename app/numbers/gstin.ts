import { plain } from '#numbers/plain'

/** State code, PAN, number of the registration, Z, and a check digit. */
const WRITTEN = /^(\d{2})[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/

/** Up to 38 for the states and union territories, 97 for other territory, 99 for the centre. */
const LAST_STATE = 38
const OTHERS = [97, 99]

const BASE = 36

/**
 * The fifteen characters of a GSTIN; null for anything else. Reads lower case, blanks, dashes and the digits of every
 * script. The check digit is that of the GST network: values times 1 and 2 in turn, their digits to base 36 added up.
 */
export function readGstin(text: string): string | null {
  const gstin = plain(text).replace(/[ -]/g, '').toUpperCase()
  const state = Number(WRITTEN.exec(gstin)?.[1] ?? 0)
  const isState = (state >= 1 && state <= LAST_STATE) || OTHERS.includes(state)
  return isState && checkDigitOf(gstin.slice(0, -1)) === gstin.at(-1) ? gstin : null
}

/** The code of the state in which the shop is registered: supplies within it have CGST and SGST. */
export const stateOf = (gstin: string) => gstin.slice(0, 2)

function checkDigitOf(text: string) {
  const sum = [...text].reduce((total, character, at) => {
    const product = Number.parseInt(character, BASE) * (at % 2 === 0 ? 1 : 2)
    return total + Math.floor(product / BASE) + (product % BASE)
  }, 0)
  return ((BASE - (sum % BASE)) % BASE).toString(BASE).toUpperCase()
}
