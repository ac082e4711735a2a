import { LARGEST_QUANTITY, STANDARDS, type Measure } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import {
  isSellable,
  readAmounts,
  readBaseUnits,
  STANDARD_TEXTS,
  writtenAmount,
  writtenAmounts,
} from '#measures/written_amount'
import type { DecimalMark } from '#numbers/grouped'

const MOST_PRESETS = 8

export interface Refusal {
  rule: string
  args?: Record<string, string | number>
}

export interface LooseTexts {
  smallest: string
  step: string
  /** Empty for none; standard ones when it was not asked for. */
  presets?: string
}

/** Those of any measure mean the standard of the one that is then chosen. */
const KNOWN_TEXTS = new Set(Object.values(STANDARD_TEXTS).flatMap((texts) => Object.values(texts)))

/** The amounts that loose goods can be bought in, and what is wrong with them. */
export function readLooseAmounts(
  typed: LooseTexts,
  measure: Measure,
  { pricePaise, mark }: { pricePaise: number | null; mark?: DecimalMark }
) {
  const standard = STANDARDS[measure]
  const netQuantity = standard.priceUnitSize
  const errors: Partial<Record<keyof LooseTexts, Refusal>> = {}

  const amount = (field: 'smallest' | 'step') => {
    const read = readBaseUnits(typed[field], measure, { mark })
    if (read === null && isStandard(typed[field])) return standard[field]
    if (read !== null && isSellable(read, measure)) return read
    const most = writtenAmount(LARGEST_QUANTITY * netQuantity, measure)
    errors[field] = {
      rule: 'amount',
      args: { example: writtenAmount(standard[field], measure), most },
    }
    return standard[field]
  }

  const smallest = amount('smallest')
  const step = amount('step')
  const presets = presetsOf(typed.presets, measure, smallest)
  if (!Array.isArray(presets)) errors.presets = presets
  if (pricePaise !== null && worthOf(smallest) < 1) errors.smallest ??= { rule: 'worthless' }
  return { amounts: { smallest, step, presets: Array.isArray(presets) ? presets : [] }, errors }

  function worthOf(quantity: number) {
    return lineTotal({ soldAs: 'loose', netQuantity, pricePaise: pricePaise!, quantity })
  }
}

const isStandard = (text: string) => !text || KNOWN_TEXTS.has(text)

function presetsOf(
  text: string | undefined,
  measure: Measure,
  smallest: number
): number[] | Refusal {
  const standard = STANDARDS[measure].presets
  const read = readAmounts(text ?? '', measure)
  const amounts = read.filter((amount) => amount !== null)
  const isRead = amounts.length === read.length
  if (text === undefined || (!isRead && isStandard(text)))
    return standard.filter((amount) => amount >= smallest)
  if (!isRead || !amounts.every((amount) => isSellable(amount, measure))) {
    return { rule: 'amounts', args: { example: writtenAmounts(standard, measure) } }
  }
  if (amounts.length > MOST_PRESETS) return { rule: 'too_many', args: { most: MOST_PRESETS } }
  if (amounts.every((amount) => amount >= smallest)) return amounts
  return { rule: 'too_small', args: { smallest: writtenAmount(smallest, measure) } }
}
