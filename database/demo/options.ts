import { Exception } from '@adonisjs/core/exceptions'
import { readCount } from '#numbers/count'
import { CATALOGUE_SIZE } from './catalogue.js'
import { SHOPS_PER_OWNER_LIMIT, countsOf, type DemoSize } from './generator.js'

/** Defaults. */
export const DEMO_SIZE: DemoSize = {
  owners: 40,
  customers: 60,
  shopsPerOwner: 2,
  productsPerShop: 60,
  seed: 1,
}

/** Default password of demo accounts. */
export const DEMO_PASSWORD = 'Pass@1234'

/** Maximum per run; more is probably a typo. */
const LIMITS = { shops: 1_000_000, products: 20_000_000 }

const RANGES: Record<keyof DemoSize, [least: number, most: number, flag: string]> = {
  owners: [1, 100_000, '--owners'],
  customers: [1, 1_000_000, '--customers'],
  shopsPerOwner: [0, SHOPS_PER_OWNER_LIMIT, '--shops-per-owner'],
  productsPerShop: [0, CATALOGUE_SIZE, '--products-per-shop'],
  seed: [0, 2_147_483_647, '--seed'],
}

/** An invalid flag; the one-line message says what is allowed. */
export class InvalidDemoOptionException extends Exception {
  static code = 'E_INVALID_DEMO_OPTION'
  static status = 422
}

/**
 * Parses command line flags, with defaults.
 *
 * @throws InvalidDemoOptionException when a value is not a whole number or out of range
 */
export function parseDemoSize(given: Partial<Record<keyof DemoSize, string>>): DemoSize {
  const size = { ...DEMO_SIZE }
  for (const key of Object.keys(RANGES) as (keyof DemoSize)[]) {
    const word = given[key]
    if (word !== undefined) size[key] = wholeNumber(word, RANGES[key])
  }
  const counts = countsOf(size)
  for (const kind of ['shops', 'products'] as const) {
    if (counts[kind] <= LIMITS[kind]) continue
    throw new InvalidDemoOptionException(
      `That would be ${format(counts[kind])} ${kind}, and one run makes at most ${format(LIMITS[kind])}`
    )
  }
  return size
}

/** @throws InvalidDemoOptionException when it is too short or too long for an account */
export function parseDemoPassword(password: string | undefined): string {
  if (password === undefined) return DEMO_PASSWORD
  if (password.length >= 8 && password.length <= 128) return password
  throw new InvalidDemoOptionException('--password must have 8 to 128 characters')
}

function wholeNumber(word: string, [least, most, flag]: (typeof RANGES)['seed']) {
  const number = readCount(word)
  if (number !== null && number >= least && number <= most) return number
  throw new InvalidDemoOptionException(
    `${flag} must be a whole number from ${format(least)} to ${format(most)}, and not "${word}"`
  )
}

function format(number: number) {
  return number.toLocaleString('en-IN')
}
