export const DIRECTIONS = ['raise', 'lower'] as const
export const SIZED_IN = ['percent', 'rupees'] as const

/** What prices are rounded to, in paise. */
export const ROUNDINGS = [1_00, 50, 1] as const

/** One change for many prices, such as 5 % more, rounded to a rupee. */
export interface PriceAdjustment {
  direction: (typeof DIRECTIONS)[number]
  sizedIn: (typeof SIZED_IN)[number]
  /** In hundredths: paise, or hundredths of a percent. */
  size: number
  rounding: number
}

/** The same text for the same change, such as `raise 500 percent 100`. */
export function adjustmentText({ direction, size, sizedIn, rounding }: PriceAdjustment) {
  return [direction, size, sizedIn, rounding].join(' ')
}

/**
 * The price after the change in paise, rounded to the nearest, halves up. Rounding never turns a raise into a cut or
 * the other way round: such a price stays.
 */
export function adjustedPrice(
  pricePaise: number,
  { direction, sizedIn, size, rounding }: PriceAdjustment
) {
  const signed = direction === 'raise' ? size : -size
  const hundredths =
    sizedIn === 'percent' ? pricePaise * (100_00 + signed) : (pricePaise + signed) * 100_00
  const rounded = Math.round(hundredths / (100_00 * rounding)) * rounding
  return direction === 'raise' ? Math.max(rounded, pricePaise) : Math.min(rounded, pricePaise)
}
