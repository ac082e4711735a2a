import {
  goodsOf,
  isCountedAlike,
  isLoose,
  largestStock,
  MEASURES,
  STANDARDS,
  type Goods,
} from '#measures/goods'
import { readUnit } from '#measures/read_unit'
import { readStock } from '#measures/stock'
import { writtenAmount } from '#measures/written_amount'
import { rupeesText } from '#locale/rupees'
import { readAmount } from '#numbers/amount'
import type { DecimalMark } from '#numbers/grouped'
import { readStockEdit, type StockEdit } from '#numbers/stock_edit'
import { clean } from '#text/clean'
import { readLooseAmounts, type Refusal } from '#validators/loose_amounts'
import { LARGEST_PRICE } from '#validators/rupees'

export type GoodsField =
  'unit' | 'smallest' | 'step' | 'presets' | 'price' | 'mrp' | 'stock' | 'stock_seen'

export interface GoodsOptions {
  /** What the product is now: it may keep a unit that is not understood. */
  before?: Goods & { unit: string }
  /** How numbers of a list are written. */
  decimalMark?: DecimalMark
  /** In a list the unit says the measure, and may be anything: other programs have units of their own. */
  isList?: boolean
}

/**
 * What a form or a list says of how a product is sold: as packs, or loose in amounts. Each field is read with the
 * others, and what does not belong to its kind of goods is ignored.
 */
export class GoodsReading {
  readonly errors: Partial<Record<GoodsField, Refusal>> = {}
  readonly goods: Goods & { unit: string }
  readonly amounts: { smallest: number; step: number; presets: number[] } | null
  /** Zero when it is not understood, which the field of the price says. */
  readonly pricePaise: number
  readonly mrpPaise: number | null
  readonly stock: StockEdit
  /** What the stock of a list was changed from. */
  readonly stockSeen: number | null

  constructor(
    private typed: Record<string, unknown>,
    private options: GoodsOptions = {}
  ) {
    const isLooseNow = this.#text('sold_as') === 'loose'
    this.goods = isLooseNow ? this.#loose() : this.#packs()
    const pricePaise = readAmount(this.#text('price'), options.decimalMark)
    this.amounts = isLooseNow ? this.#amounts(pricePaise) : null
    this.mrpPaise = isLooseNow ? null : this.#mrp(pricePaise)
    this.pricePaise = pricePaise ?? 0
    this.stock = this.#stock()
    this.stockSeen = this.#stockSeen()
  }

  /** As the model calls them. */
  get values() {
    const none = { smallest: null, step: null, presets: null }
    return { ...this.goods, ...(this.amounts ?? none), mrpPaise: this.mrpPaise }
  }

  #text(field: string) {
    const value = this.typed[field]
    return typeof value === 'string' ? clean(value) : ''
  }

  #refuse(field: GoodsField, rule: string, args?: Refusal['args']) {
    this.errors[field] ??= { rule, args }
  }

  #packs() {
    const { before, isList } = this.options
    const unit = this.#text('unit')
    if (!unit) this.#refuse('unit', 'required')
    if (before?.unit === unit && !isLoose(before)) return { ...goodsOf(before), unit }
    const read = readUnit(unit)
    if (!read && !isList) this.#refuse('unit', 'unread')
    return { soldAs: 'packed', measure: 'pieces', netQuantity: 1, ...read, unit } as const
  }

  #loose() {
    const named = this.options.isList ? this.#listedMeasure() : this.#text('measure')
    const measure = MEASURES.find((known) => known === named) ?? 'weight'
    const { priceUnit: unit, priceUnitSize: netQuantity } = STANDARDS[measure]
    return { soldAs: 'loose', measure, netQuantity, unit } as const
  }

  #listedMeasure() {
    const unit = this.#text('unit')
    const read = readUnit(unit)
    if (read && STANDARDS[read.measure].priceUnitSize === read.netQuantity) return read.measure
    this.#refuse('unit', unit ? 'of_loose' : 'required')
  }

  #amounts(pricePaise: number | null) {
    const { decimalMark: mark } = this.options
    const [smallest, step] = [this.#text('smallest'), this.#text('step')]
    const presets = this.typed.presets === undefined ? undefined : this.#text('presets')
    const typed = { smallest, step, presets }
    const { amounts, errors } = readLooseAmounts(typed, this.goods.measure, { pricePaise, mark })
    Object.assign(this.errors, errors)
    return amounts
  }

  #mrp(pricePaise: number | null) {
    const text = this.#text('mrp')
    if (!text) return null
    const mrpPaise = readAmount(text, this.options.decimalMark)
    if (mrpPaise === null) this.#refuse('mrp', 'regex')
    else if (mrpPaise < 1 || mrpPaise > LARGEST_PRICE) this.#refuse('mrp', 'price_range')
    else if (pricePaise !== null && pricePaise > mrpPaise) {
      this.#refuse('price', 'within_mrp', { mrp: rupeesText(mrpPaise) })
    }
    return mrpPaise
  }

  /** A stock that was counted as something else says nothing: it has to be typed again, and weights with their unit. */
  #stock(): StockEdit {
    const { before, decimalMark: mark, isList } = this.options
    const { goods } = this
    const isCounted = !before || isCountedAlike(before, goods)
    const text = this.#text('stock')
    const read = (size: string) => readStock(size, goods, { mark, named: !isCounted })
    const isChange = before && isCounted && !isList
    const edit = isChange ? readStockEdit(text, read) : counted(read(text))
    if (!text) this.#refuse('stock', 'required')
    else if (!edit) this.#refuse('stock', this.#stockRule(isCounted), { example: exampleOf(goods) })
    else if (sizeOf(edit) > largestStock(goods)) {
      const most = writtenAmount(largestStock(goods), goods.measure)
      this.#refuse('stock', isLoose(goods) ? 'largest' : 'range', { most })
    }
    return edit ?? { to: 0 }
  }

  #stockSeen() {
    const text = this.#text('stock_seen')
    const { before = this.goods, decimalMark: mark } = this.options
    if (!text || !isCountedAlike(before, this.goods)) return null
    const seen = readStock(text, before, { mark })
    if (seen !== null && seen <= largestStock(before)) return seen
    this.#refuse('stock_seen', isLoose(before) ? 'amount' : 'number', {
      example: exampleOf(before),
    })
    return null
  }

  #stockRule(isCounted: boolean) {
    if (!isCounted) return isLoose(this.goods) ? 'weigh_again' : 'count_again'
    return isLoose(this.goods) ? 'amount' : 'number'
  }
}

const counted = (to: number | null) => (to === null ? null : { to })
const sizeOf = (edit: StockEdit) => Math.abs('to' in edit ? edit.to : edit.by)

function exampleOf({ measure }: Goods) {
  return measure === 'pieces' ? '30 pieces' : `12.5 ${STANDARDS[measure].priceUnit}`
}
