import { isLoose, type Goods } from '#measures/goods'
import { readBaseUnits, writtenAmount } from '#measures/written_amount'
import { readCount } from '#numbers/count'
import type { DecimalMark } from '#numbers/grouped'

interface Writing {
  mark?: DecimalMark
  /** Loose goods need a unit: their number was of something else before. */
  named?: boolean
}

/** `20` packs, `12.5 kg` of loose goods: as fields show it, in every language. */
export function stockText({ stock, soldAs, measure }: Goods & { stock: number }): string {
  return isLoose({ soldAs }) ? writtenAmount(stock, measure) : String(stock)
}

/** Packs, or base units of loose goods; null for what is neither. */
export function readStock(text: string, goods: Goods, { mark, named }: Writing = {}) {
  return isLoose(goods)
    ? readBaseUnits(text, goods.measure, { mark, named })
    : readCount(text, mark)
}
