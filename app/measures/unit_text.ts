import { STANDARDS } from '#measures/goods'
import { UNITS } from '#measures/words'
import { plain } from '#numbers/plain'
import { fold } from '#text/fold'

type Translate = (key: string, values: { n: string; count: number }) => string

/** What packs are counted in; each has a message `measures.counted.…`. */
const COUNTED = byWord({
  bag: 'bags',
  bar: 'bars',
  blade: 'blades',
  bottle: 'bottles',
  box: 'boxes',
  bunch: 'bunches',
  candle: 'candles',
  capsule: 'capsules',
  coil: 'coils',
  cube: 'cubes',
  cup: 'cups',
  diaper: 'diapers',
  egg: 'eggs',
  jar: 'jars',
  pack: 'packs packet packets pkt pkts',
  pad: 'pads',
  pair: 'pairs',
  pen: 'pens',
  pencil: 'pencils',
  plate: 'plates',
  pouch: 'pouches',
  roll: 'rolls',
  sachet: 'sachets',
  sheet: 'sheets',
  stick: 'sticks',
  tablet: 'tablets',
  tin: 'tins can cans',
  tube: 'tubes',
  wipe: 'wipes',
})

const WRITTEN = /^(?:([\d.,/ x×*]*\d) ?)?([^\d.,\s]+)\.?$/i

const SCRIPT: Record<string, RegExp> = { en: /[a-z]/i, hi: /[\u0900-\u097F]/ }

/**
 * A unit as an owner wrote it, in the language of a page: `500 g` is `500 ग्राम` in Hindi, and `१ किलो` is `1 kg` in
 * English. What is in that language already, and what is not understood, stays as it is. Files and fields show the
 * stored unit.
 */
export function unitText(unit: string, locale: string, t: Translate): string {
  const [, number = '', word = ''] = WRITTEN.exec(plain(unit)) ?? []
  const key = SCRIPT[locale]?.test(word) ? null : keyOf(word)
  if (!key) return unit
  const n = number.replace(/ ?[x×*] ?/gi, ' × ')
  const count = n === '' ? 1 : Number(n)
  return t(`measures.${key}`, { n, count: Number.isNaN(count) ? 2 : count }).trim()
}

function keyOf(word: string) {
  const known = UNITS.get(fold(word))
  if (!known) return COUNTED.get(word.toLowerCase())
  const { baseUnit, priceUnit } = STANDARDS[known.measure]
  return known.size === 1 ? baseUnit : priceUnit
}

function byWord(words: Record<string, string>) {
  const entries = Object.entries(words).flatMap(([word, others]) => {
    return [word, ...others.split(' ')].map((each) => [each, `counted.${word}`] as const)
  })
  return new Map(entries)
}
