import { numberIn } from '#measures/number_in_words'
import { NUMBERS, RUPEES, SCALES, SHIFTS, UNITS, type Unit } from '#measures/words'

/** An amount in a query. */
export interface Quantity {
  /** In the base unit: grams, millilitres or pieces. */
  amount: number
  unit: 'g' | 'ml' | 'piece'
}

const BASE_UNITS = { weight: 'g', volume: 'ml', pieces: 'piece', length: null } as const

/** Here a pack counts as a piece; a shop that sells pieces would not count it so. */
const PACKS = 'packet packets pack pkt pkts pouch पैकेट पैक'.split(' ')
const PACK: Unit = { measure: 'pieces', size: 1 }
const KNOWN = new Map([...UNITS, ...PACKS.map((word) => [word, PACK] as const)])
const MEANT = [...KNOWN].filter(([, { measure }]) => measure !== 'length').map(([word]) => word)

const alternatives = (names: Iterable<string>) =>
  [...names].sort((a, b) => b.length - a.length).join('|')
const WORD = '\\p{Alphabetic}\\p{M}0-9'
const NUMBER = `\\d{1,6}(?:[.,]\\d{1,3})?(?:\\s*[\\u2044/]\\s*\\d{1,2})?`
const SAID = `(?:${alternatives(new Set([...NUMBERS.keys(), ...SCALES.keys(), ...SHIFTS.keys()]))})`
const AMOUNT = new RegExp(
  `(?<![${WORD}.])((?:${NUMBER}\\s+)?(?:${SAID}\\s+){1,6}|${NUMBER}\\s+${NUMBER}\\s*|${NUMBER}\\s*)` +
    `(${alternatives([...MEANT, ...RUPEES.keys()])})\\.?(?![${WORD}])`,
  'gu'
)
const PACK_OF = new RegExp(`(?<![${WORD}])pack\\s+of\\s+\\d{1,3}(?![${WORD}])`, 'gu')

/**
 * Extracts amounts with units from a folded text: `1kg atta`, `dhai sau gram jeera`, `10 rs wala biscuit`. A number
 * without a unit stays, because it may be part of a name: `5 star`, `7up`.
 */
export function takeQuantity(folded: string): { rest: string; quantity: Quantity | null } {
  let quantity: Quantity | null = null
  const rest = folded.replace(PACK_OF, ' ').replace(AMOUNT, (_, said: string, name: string) => {
    const words = said
      .replace(/\s*[\u2044/]\s*/g, '/')
      .replaceAll(',', '.')
      .trim()
      .split(/\s+/)
    const from = words.findIndex((_word, at) => numberIn(words.slice(at)) !== null)
    const { measure, size } = KNOWN.get(name) ?? { measure: 'length', size: 1 }
    const unit = BASE_UNITS[measure]
    if (unit && from !== -1) quantity ??= { amount: numberIn(words.slice(from))! * size, unit }
    return ` ${words.slice(0, Math.max(from, 0)).join(' ')} `
  })
  return { rest, quantity }
}
