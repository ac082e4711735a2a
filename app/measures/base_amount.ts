import { MEASURES, STANDARDS, type Goods } from '#measures/goods'

/** An amount of loose goods as a text that no language changes: `1050 g`. */
export function baseAmount(quantity: number, { measure }: Pick<Goods, 'measure'>) {
  return `${quantity} ${STANDARDS[measure].baseUnit}`
}

/** What `baseAmount` wrote. */
export function readBaseAmount(text: string | null): (Goods & { quantity: number }) | null {
  const [, quantity, unit] = /^(\d+) (\w+)$/.exec(text ?? '') ?? []
  const measure = MEASURES.find((name) => STANDARDS[name].baseUnit === unit)
  if (!measure) return null
  const netQuantity = STANDARDS[measure].priceUnitSize
  return { measure, soldAs: 'loose', netQuantity, quantity: Number(quantity) }
}
