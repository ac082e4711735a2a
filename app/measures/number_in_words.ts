import { NUMBERS, SCALES, SHIFTS } from '#measures/words'
import { partsOf } from '#numbers/grouped'

const FRACTION = /^(\d{1,4})[\u2044/]([1-9]\d?)$/
const MOST_DIGITS = 9
const MOST_DECIMALS = 6

/**
 * What folded words and digits say together: `dhai sau`, `teen sau pachas`, `sadhe 3`, `1 1/2`, `twenty five`. Null when
 * they are no number, such as `ek do`. Digits as in `app/numbers`: `1,5` is none.
 */
export function numberIn(words: string[]): number | null {
  for (const scale of [1000, 100]) {
    const at = words.findIndex((word) => SCALES.get(word) === scale)
    if (at === -1) continue
    const times = at === 0 ? 1 : numberIn(words.slice(0, at))
    const rest = at === words.length - 1 ? 0 : numberIn(words.slice(at + 1))
    if (times === null || rest === null || rest >= scale) return null
    if (rest > 0 && !Number.isInteger(times)) return null
    return times * scale + rest
  }
  return small(words)
}

function small([first, second, ...rest]: string[]): number | null {
  if (first === undefined || rest.length > 0) return null
  if (second === undefined) return single(first)
  const shift = SHIFTS.get(first)
  const [one, other] = [shift ?? single(first), single(second)]
  if (one === null || other === null) return null
  if (shift !== undefined) return Number.isInteger(other) && other > 1 ? other + shift : null
  const isMixed = FRACTION.test(second) && /^\d+$/.test(first) && other < 1
  const isTens = one >= 20 && one % 10 === 0 && other < 10 && Number.isInteger(other)
  return isMixed || (isTens && NUMBERS.has(first) && NUMBERS.has(second)) ? one + other : null
}

function single(word: string): number | null {
  const [, above, below] = FRACTION.exec(word) ?? []
  if (above) return Number(above) / Number(below)
  return NUMBERS.get(word) ?? digitsIn(word)
}

function digitsIn(word: string) {
  const parts = partsOf(word)
  if (!parts || parts.whole.length > MOST_DIGITS || parts.fraction.length > MOST_DECIMALS)
    return null
  return Number(`${parts.whole || 0}.${parts.fraction || 0}`)
}
