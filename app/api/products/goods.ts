import { refused } from '#api/products/refused'
import { wordsFor } from '#api/quantity_words'
import { STANDARDS } from '#measures/goods'
import type { Goods, Measure, SoldAs } from '#measures/goods'
import { readUnit } from '#measures/read_unit'

export interface GivenGoods {
  sold_as?: SoldAs
  measure?: Measure
  net_quantity?: number
  unit?: string
}

/** `unit` is the words for what the price is for. */
export type NamedGoods = Goods & { unit: string }

type Read = ReturnType<typeof readUnit>

/**
 * What goods are after a change; there is no `before` of a new product. A `unit` alone is read: existing clients know
 * no measures. @throws E_VALIDATION_ERROR
 */
export function goodsAfter(given: GivenGoods, before: NamedGoods | null): NamedGoods {
  const soldAs = given.sold_as ?? before?.soldAs ?? 'packed'
  return soldAs === 'loose' ? looseGoods(given, before) : packedGoods(given, before)
}

function looseGoods(given: GivenGoods, before: NamedGoods | null): NamedGoods {
  const { unit, net_quantity: netQuantity, ...stated } = differing(given, before)
  const says = unit === undefined ? null : readUnit(unit)
  const measure = stated.measure ?? says?.measure ?? before?.measure
  if (!measure) throw refused('measure', 'Loose goods have a measure')
  const { priceUnit, priceUnitSize } = STANDARDS[measure]
  const goods = { soldAs: 'loose' as const, measure, netQuantity: priceUnitSize }
  if (unit !== undefined && !agrees(goods, says)) {
    throw refused('unit', `The unit of loose goods by ${measure} is ${priceUnit}`)
  }
  if (netQuantity !== undefined && netQuantity !== priceUnitSize) {
    throw refused(
      'net_quantity',
      `The net_quantity of loose goods by ${measure} is ${priceUnitSize}`
    )
  }
  return { ...goods, unit: priceUnit }
}

function packedGoods(given: GivenGoods, before: NamedGoods | null): NamedGoods {
  const { unit } = differing(given, before)
  const says = unit === undefined ? null : readUnit(unit)
  const { measure, net_quantity: netQuantity } = says ? differing(given, before) : given
  const known = unit === undefined ? before : says
  if (!known && (measure === undefined) !== (netQuantity === undefined)) {
    throw refused(measure ? 'net_quantity' : 'measure', 'Send measure and net_quantity together')
  }
  const goods = {
    soldAs: 'packed' as const,
    measure: measure ?? known?.measure ?? 'pieces',
    netQuantity: netQuantity ?? known?.netQuantity ?? 1,
  }
  if (says && !agrees(goods, says)) {
    throw refused('unit', 'The unit contradicts the measure and the net_quantity')
  }
  return { ...goods, unit: unit ?? unitOf(goods, before) }
}

/** Clients send back all that they read: a field that is as it was changes nothing. */
function differing(given: GivenGoods, before: NamedGoods | null): GivenGoods {
  return {
    measure: given.measure === before?.measure ? undefined : given.measure,
    net_quantity: given.net_quantity === before?.netQuantity ? undefined : given.net_quantity,
    unit: given.unit === before?.unit ? undefined : given.unit,
  }
}

function agrees({ measure, netQuantity }: Goods, says: Read) {
  return says?.measure === measure && says.netQuantity === netQuantity
}

/** The words until now, unless they say something else. */
function unitOf(goods: Goods, before: NamedGoods | null) {
  if (!before) return wordsFor(goods.netQuantity, goods)
  const says = readUnit(before.unit)
  return !says || agrees(goods, says) ? before.unit : wordsFor(goods.netQuantity, goods)
}
