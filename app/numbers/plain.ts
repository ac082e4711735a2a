import { BLANK, INVISIBLE, JOINER, SELECTOR } from '#text/characters'

/**
 * Zeros of the scripts that are written in India, and the full-width zero; the other digits follow each: Latin, Urdu,
 * Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Ol Chiki, Meetei.
 */
const ZEROS = [...'0۰०০੦૦୦௦౦೦൦᱐꯰０']

const escaped = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`

/** The source of a character class: these digits in every script. For JSON schemas, so without `\p`. */
export const digitsFrom = (from: number, to: number) => {
  return ZEROS.map((zero) => zero.charCodeAt(0))
    .map((zero) => `${escaped(zero + from)}-${escaped(zero + to)}`)
    .join('')
}

/** Sources of character classes. */
export const UNSEEN = `${INVISIBLE}${JOINER}${SELECTOR}`
export const DASH = '\\-\\u2010-\\u2015\\u2212\\ufe58\\ufe63\\uff0d'

const unseen = new RegExp(`[${UNSEEN}]`, 'gu')
const blanks = new RegExp(`[${BLANK}]+`, 'gu')
const dashes = new RegExp(`[${DASH}]`, 'gu')
const digits = new RegExp(`[${digitsFrom(0, 9)}]`, 'gu')
const fullWidth = /[\uff01-\uff5e]/g

function toAscii(digit: string) {
  const code = digit.charCodeAt(0)
  const zero = ZEROS.find((known) => code >= known.charCodeAt(0) && code <= known.charCodeAt(0) + 9)
  return String(code - zero!.charCodeAt(0))
}

/**
 * Typed or pasted text in plain characters: the digits of every script as 0 to 9, full-width signs as usual ones, every
 * dash as `-`, white space as a single blank, and nothing invisible. Superscripts and fractions stay: `5²` is not 52.
 */
export function plain(text: string): string {
  return text
    .replace(unseen, '')
    .replace(dashes, '-')
    .replace(digits, toAscii)
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(blanks, ' ')
    .trim()
}
