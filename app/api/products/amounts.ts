import { refused } from '#api/products/refused'
import { isLoose, largestQuantity, STANDARDS, type Goods } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import { baseUnitOf } from '#measures/price_units'

/** Base units that loose goods are sold in; null of packed goods. */
export interface Amounts {
  smallest: number | null
  step: number | null
  presets: number[] | null
}

export type GivenAmounts = Partial<{ [name in keyof Amounts]: NonNullable<Amounts[name]> }>

const NAMES = ['smallest', 'step', 'presets'] as const
const NONE: Amounts = { smallest: null, step: null, presets: null }

/** @throws E_VALIDATION_ERROR */
export function amountsAfter(
  given: GivenAmounts,
  goods: Goods & { pricePaise: number },
  before: (Goods & Amounts) | null
): Amounts {
  const changed = NAMES.filter((name) => {
    return given[name] !== undefined && `${given[name]}` !== `${before?.[name]}`
  })
  if (!isLoose(goods)) {
    if (changed.length > 0) throw refused(changed[0], `Only loose goods have a ${changed[0]}`)
    return NONE
  }
  const isAsBefore = before && isLoose(before) && before.measure === goods.measure
  const known = (isAsBefore ? before : STANDARDS[goods.measure]) as Required<GivenAmounts>
  const stated = Object.fromEntries(changed.map((name) => [name, given[name]])) as GivenAmounts
  const { smallest = known.smallest, step = known.step } = stated
  const { presets = known.presets.filter((preset) => preset >= smallest) } = stated
  const amounts = { smallest, step, presets }
  check(amounts, goods)
  return amounts
}

function check(
  { smallest, step, presets }: Required<GivenAmounts>,
  goods: Goods & { pricePaise: number }
) {
  const largest = largestQuantity(goods)
  const unit = baseUnitOf(goods)
  if (smallest > largest) throw refused('smallest', `The smallest is at most ${largest} ${unit}`)
  if (step > largest) throw refused('step', `The step is at most ${largest} ${unit}`)
  if (presets.some((preset) => preset < smallest || preset > largest)) {
    throw refused('presets', `Each of the presets is from ${smallest} to ${largest} ${unit}`)
  }
  if (lineTotal({ ...goods, quantity: smallest }) === 0) {
    throw refused('smallest', 'The smallest amount costs less than half a paisa')
  }
}
