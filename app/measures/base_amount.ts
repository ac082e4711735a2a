import { isLoose, STANDARDS, type Goods } from '#measures/goods'
import { goodsIn, type BaseUnit } from '#measures/price_units'

/** An amount of loose goods as a text that no language changes: `1050 g`. */
export function baseAmount(quantity: number, { measure }: Pick<Goods, 'measure'>) {
  return `${quantity} ${STANDARDS[measure].baseUnit}`
}

/** What `baseAmount` wrote. */
export function readBaseAmount(text: string | null): (Goods & { quantity: number }) | null {
  const [, quantity, unit] = /^(\d+) (\w+)$/.exec(text ?? '') ?? []
  const goods = goodsIn(unit as BaseUnit | undefined)
  return isLoose(goods) ? { ...goods, quantity: Number(quantity) } : null
}
