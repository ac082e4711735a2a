import { createHmac, randomInt } from 'node:crypto'
import config from '@adonisjs/core/services/config'

/** Without letters and digits that are taken for each other when they are read aloud or written down. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8

/** A code that a shop hands over, for example `K7QF-3MPX`. */
export function newKhataCode() {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    ''
  )
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`
}

/** What the database keeps of it: too short to be hashed without a secret. Blanks, dashes and case do not count. */
export function digestOfKhataCode(code: string) {
  const letters = code.replaceAll(/[^0-9a-z]/gi, '').toUpperCase()
  return createHmac('sha256', config.get<string>('khata.codeSecret')).update(letters).digest('hex')
}
