import { createHmac, randomInt } from 'node:crypto'
import { plain } from '#numbers/plain'
import config from '@adonisjs/core/services/config'

/** Leaves out characters that are easily confused when read aloud or written by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8

/** A code for a customer, such as `K7QF-3MPX`. */
export function newKhataCode() {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    ''
  )
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`
}

/** The digest stored in the database: keyed, because codes are short. Ignores spaces, dashes and case. */
export function digestOfKhataCode(code: string) {
  const letters = plain(code)
    .replaceAll(/[^0-9a-z]/gi, '')
    .toUpperCase()
  return createHmac('sha256', config.get<string>('khata.codeSecret')).update(letters).digest('hex')
}
