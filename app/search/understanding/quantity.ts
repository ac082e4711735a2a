import { largestStock, type Measure } from '#measures/goods'
import { numberIn } from '#measures/number_in_words'
import { NUMBERS, RUPEES, SCALES, SHIFTS, UNITS, type Unit } from '#measures/words'

/** How much a query asks for. */
export interface Quantity {
  measure: Measure
  baseUnits: number
}

/** Counts of packs say nothing about the goods in them. */
const PACKS = 'packet packets pack pkt pkts pouch पैकेट पैक'.split(' ')
const MEANT = [...UNITS].filter(([, { measure }]) => measure !== 'length').map(([word]) => word)
const MOST = largestStock({ soldAs: 'loose' })

const alternatives = (names: Iterable<string>) =>
  [...names].sort((a, b) => b.length - a.length).join('|')
const WORD = '\\p{Alphabetic}\\p{M}0-9'
const NUMBER = `\\d{1,6}(?:[.,]\\d{1,3})?(?:\\s*[\\u2044/]\\s*\\d{1,2})?`
const SAID = `(?:${alternatives(new Set([...NUMBERS.keys(), ...SCALES.keys(), ...SHIFTS.keys()]))})`
const AMOUNT = new RegExp(
  `(?<![${WORD}.])((?:${NUMBER}\\s+)?(?:${SAID}\\s+){1,6}|${NUMBER}\\s+${NUMBER}\\s*|${NUMBER}\\s*)` +
    `(${alternatives([...MEANT, ...PACKS, ...RUPEES.keys()])})\\.?(?![${WORD}])`,
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
    const unit = UNITS.get(name)
    if (unit && from !== -1) quantity ??= quantityOf(numberIn(words.slice(from))!, unit)
    return ` ${words.slice(0, Math.max(from, 0)).join(' ')} `
  })
  return { rest, quantity }
}

/** Null for amounts that no goods have. */
function quantityOf(number: number, { measure, size }: Unit): Quantity | null {
  const baseUnits = Math.round(number * size)
  return baseUnits >= 1 && baseUnits <= MOST ? { measure, baseUnits } : null
}
