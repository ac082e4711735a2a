import { numberIn } from '#measures/number_in_words'
import { typedWords } from '#measures/typed_words'
import { RUPEES } from '#measures/words'
import { readAmount as readRupees } from '#numbers/amount'
import { plain } from '#numbers/plain'

/** `20 rupaye ka`, `₹20 worth`. */
const FOR = new Set(['ka', 'ki', 'ke', 'worth', 'wala', 'wali', 'का', 'की', 'के', 'वाला', 'वाली'])
const SIGN = /[₹₨]|\/[-=]$/
const LAST_WORD = / ?[\p{L}\p{M}]+\.?$/u

/** Paise of what is to be spent: `₹20`, `20 rs`, `20 rupaye ka`, `बीस रुपये`. Null for what is not said in rupees. */
export function readWorth(text: string): number | null {
  const written = plain(text)
  const words = typedWords(written)
  const last = words.at(-1) ?? ''
  const before = written.replace(LAST_WORD, '')
  if (FOR.has(last) && words.length > 1) return readWorth(before)
  if (RUPEES.has(last)) return readRupees(before) ?? inWords(words.slice(0, -1))
  return SIGN.test(written) || RUPEES.has(words[0]) ? readRupees(written) : null
}

function inWords(words: string[]) {
  const rupees = words.some((word) => /\d/.test(word)) ? null : numberIn(words)
  return rupees === null || !Number.isInteger(rupees * 100) ? null : rupees * 100
}
