import { plain } from '#numbers/plain'
import { fold } from '#text/fold'

const BESIDE_DIGIT = /(?<=\d)(?=\p{No})|(?<=\p{No})(?=\d)/gu

/** Folding would turn `1½` into `11⁄2` and `5²` into `52`. */
export function withFractionsApart(text: string) {
  return text.replace(BESIDE_DIGIT, ' ')
}

const NUMBER = '[\\d.,]*\\d[\\d.,]*(?: ?[\\u2044/] ?\\d+)?'
const WORDS = new RegExp(`${NUMBER}|[\\p{L}\\p{M}]+|[^ ]`, 'gu')

/** The folded words and numbers of a typed amount: `1½kg` is `1`, `1⁄2`, `kg`. */
export function typedWords(text: string): string[] {
  const folded = fold(withFractionsApart(plain(text))).replace(/(\p{L})\.(?= |$)/gu, '$1')
  return (folded.match(WORDS) ?? []).map((word) =>
    /\d/.test(word) ? word.replaceAll(' ', '') : word
  )
}
