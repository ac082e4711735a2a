import { goodsOf, isLoose, type Goods } from '#measures/goods'
import { lineTotal } from '#measures/line_total'

/** What a scale may say of `quantity` ordered base units at a tolerance of `percent`. */
export function toleratedOf(quantity: number, percent: number) {
  return {
    least: Math.ceil((quantity * (100 - percent)) / 100),
    most: Math.floor((quantity * (100 + percent)) / 100),
  }
}

/** Paise of a line if it is packed as heavy as the tolerance allows; packed goods are counted. */
export function upToPaise(line: Goods & { pricePaise: number; quantity: number }, percent: number) {
  const { pricePaise, quantity } = line
  const most = isLoose(line) ? toleratedOf(quantity, percent).most : quantity
  return lineTotal({ ...goodsOf(line), pricePaise, quantity: most })
}
