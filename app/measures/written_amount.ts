import { LARGEST_QUANTITY, STANDARDS, type Measure } from '#measures/goods'
import { readUnit } from '#measures/read_unit'
import { partsOf, type DecimalMark } from '#numbers/grouped'
import { plain } from '#numbers/plain'

/** `12.5 kg`, `500 g`, `31 pieces`: the same in every language, for fields and files. `readBaseUnits` reads it again. */
export function writtenAmount(baseUnits: number, measure: Measure): string {
  const { baseUnit, priceUnit, priceUnitSize: size } = STANDARDS[measure]
  const isLarge = measure === 'pieces' ? baseUnits % size === 0 : !baseUnits || baseUnits >= size
  if (isLarge) return `${baseUnits / size} ${priceUnit}`
  return `${baseUnits} ${baseUnit}${measure === 'pieces' && baseUnits > 1 ? 's' : ''}`
}

export function writtenAmounts(amounts: number[], measure: Measure) {
  return amounts.map((amount) => writtenAmount(amount, measure)).join(', ')
}

const standardOf = (measure: Measure) => {
  const { smallest, step, presets } = STANDARDS[measure]
  return {
    smallest: writtenAmount(smallest, measure),
    step: writtenAmount(step, measure),
    presets: writtenAmounts(presets, measure),
  }
}

/** The standard amounts of each measure, as a form shows them. */
export const STANDARD_TEXTS = {
  weight: standardOf('weight'),
  volume: standardOf('volume'),
  length: standardOf('length'),
  pieces: standardOf('pieces'),
} satisfies Record<Measure, object>

const WRITTEN = /^([\d.,]+) ?([^\d.,\s]+)?\.?$/

/**
 * Base units of an amount as an owner writes it: `12.5 kg`, `500 g`, `1,250 ml`. A bare number is of the price unit: kg,
 * l, m or dozen. Null for anything else, also for what is not a whole number of base units.
 *
 * @param named refuses a bare number
 */
export function readBaseUnits(
  text: string,
  measure: Measure,
  { mark = '.', named = false }: { mark?: DecimalMark; named?: boolean } = {}
): number | null {
  const [, number = '', word] = WRITTEN.exec(plain(text)) ?? []
  const parts = partsOf(number, mark)
  const size = word ? sizeOf(word, measure) : named ? null : STANDARDS[measure].priceUnitSize
  if (!parts || !size) return null
  const fraction = parts.fraction.replace(/0+$/, '')
  if (parts.whole.length > 9 || fraction.length > 3) return null
  const amount = (Number(parts.whole + fraction) * size) / 10 ** fraction.length
  return Number.isInteger(amount) ? amount : null
}

function sizeOf(word: string, measure: Measure) {
  const read = readUnit(`1 ${word}`)
  return read?.measure === measure ? read.netQuantity : null
}

/** Each of `100 g, 250 g; 1 kg`; an item is null when it is not understood. */
export function readAmounts(text: string, measure: Measure) {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '')
  return parts.map((part) => readBaseUnits(part, measure))
}

/** Whether loose goods can be bought in this amount. */
export function isSellable(baseUnits: number, measure: Measure) {
  return baseUnits >= 1 && baseUnits <= LARGEST_QUANTITY * STANDARDS[measure].priceUnitSize
}
