import { STANDARDS, type Measure } from '#measures/goods'
import { numberIn } from '#measures/number_in_words'
import { typedWords } from '#measures/typed_words'
import { QUARTERS, UNITS } from '#measures/words'

/**
 * Base units of an amount as customers type it: `250 g`, `१/२ किलो`, `dhai sau gram`, `1 kg 250 g`, `पाव`. A bare number
 * counts base units, which is what fields show. Null for anything else, and for what is no whole number of base units.
 */
export function readAmount(text: string, measure: Measure): number | null {
  const words = typedWords(text)
  const units = words.flatMap((word, at) => (UNITS.has(word) ? at : []))
  if (units.length === 0) return whole(bare(words, measure))
  if (units.at(-1) !== words.length - 1) return null
  const parts = units.map((at, index) => words.slice((units[index - 1] ?? -1) + 1, at + 1))
  return whole(parts.reduce<number | null>((sum, part) => plus(sum, part, measure), 0))
}

function plus(sum: number | null, part: string[], measure: Measure) {
  const unit = UNITS.get(part.at(-1)!)!
  const number = numberIn(part.slice(0, -1))
  return sum === null || number === null || unit.measure !== measure
    ? null
    : sum + number * unit.size
}

/** `pav`, `do pav` of what is weighed; otherwise a number alone. */
function bare(words: string[], measure: Measure) {
  const quarter = QUARTERS.get(words.at(-1) ?? '')
  if (!quarter) return numberIn(words)
  const number = words.length === 1 ? 1 : numberIn(words.slice(0, -1))
  if (measure !== 'weight' || number === null) return null
  return number * quarter * STANDARDS.weight.priceUnitSize
}

/** The digits that are typed are far coarser than what floating point loses of them. */
function whole(amount: number | null) {
  if (amount === null) return null
  const rounded = Math.round(amount)
  return Number.isSafeInteger(rounded) && Math.abs(amount - rounded) < 1e-6 ? rounded : null
}
