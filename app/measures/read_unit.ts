import { LARGEST_NET_QUANTITY, type Measure } from '#measures/goods'

const WORDS: [measure: Measure, size: number, words: string][] = [
  ['weight', 1000, 'kg kgs kilo kilos kilogram kilograms किलो किग्रा किलोग्राम'],
  ['weight', 1, 'g gm gms gr gram grams ग्राम ग्रा'],
  ['volume', 1000, 'l lt ltr ltrs liter liters litre litres लीटर लिटर'],
  ['volume', 1, 'ml मिली मिलीलीटर एमएल'],
  ['length', 100, 'm mtr mtrs meter meters metre metres मीटर'],
  ['length', 1, 'cm cms सेमी'],
  ['pieces', 12, 'dozen dozens doz दर्जन'],
  [
    'pieces',
    1,
    'piece pieces pc pcs नग पीस stick sticks bag bags pad pads bunch bunches tablet tablets capsule capsules sheet ' +
      'sheets roll rolls candle candles cube cubes egg eggs bar bars sachet sachets wipe wipes diaper diapers ' +
      'blade blades coil coils pencil pencils pen pens cup cups plate plates',
  ],
]

const KNOWN = new Map(
  WORDS.flatMap(([measure, size, words]) =>
    words.split(' ').map((word) => [word, { measure, size }] as const)
  )
)

const WRITTEN =
  /^(?:(\d{1,3}) ?x ?)?(?:(\d{1,6}(?:\.\d{1,3})?)|(\d{1,2})\/([1-9]\d?))? ?([^\d. ]+)\.?$/

/**
 * The measure and the net quantity (base units) of a pack's unit, such as `500 g`, `1 dozen`, `2 x 100 g`, `1/2 kg` and
 * `१ किलो`; null when it is not understood, or not a whole number of base units. The same as `read_unit` of the database.
 */
export function readUnit(unit: string): { measure: Measure; netQuantity: number } | null {
  const text = unit
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    .replace(/[×*]/g, 'x')
    .replaceAll('İ', 'i')
    .toLowerCase()
  const [, packs = '1', number, above, below, word] = WRITTEN.exec(text) ?? []
  const known = KNOWN.get(word)
  if (!known) return null
  const thousandths = number ? Math.round(Number(number) * 1000) : 1000
  const [times, divisor] = above ? [Number(above) * 1000, Number(below)] : [thousandths, 1]
  const total = Number(packs) * known.size * times
  const netQuantity = total / (1000 * divisor)
  if (!Number.isInteger(netQuantity) || netQuantity < 1 || netQuantity > LARGEST_NET_QUANTITY)
    return null
  return { measure: known.measure, netQuantity }
}
