import { bareName } from '#csv/bare_name'
import { withPaise } from '#locale/rupees'
import { isLoose, STANDARDS, type SoldAs } from '#measures/goods'
import { amountTexts } from '#edits/texts'
import { labelTexts, type Diet } from '#models/product_label'
import type Product from '#models/product'
import type { ListedField } from '#validators/product'

type Cells = Record<ListedField, string>

const SOLD_AS_NAMES: Record<SoldAs, string[]> = {
  packed: ['packed', 'pack', 'packet', 'पैक', 'पैक में', 'पैकेट'],
  loose: ['loose', 'open', 'khula', 'खुला', 'खुला सामान', 'खुल्ला'],
}

const DIET_NAMES: Record<Diet, string[]> = {
  veg: ['veg', 'vegetarian', 'शाकाहारी'],
  non_veg: ['non veg', 'nonveg', 'non vegetarian', 'मांसाहारी'],
}

const byName = (names: Record<string, string[]>) => {
  const entries = Object.entries(names).flatMap(([known, words]) => {
    return words.map((word): [string, string] => [bareName(word), known])
  })
  return new Map(entries)
}

const SOLD_AS = byName(SOLD_AS_NAMES)
const DIETS = byName(DIET_NAMES)

/** Spreadsheets drop the zero that an HSN code of spices or pulses begins with. */
const withZero = (hsn: string) => (/^\d{3}(\d{2}){0,2}$/.test(hsn) ? `0${hsn}` : hsn)

/** Other programs write `GST@18%`, `IGST@0%` and `None`. */
function rateOf(gst: string) {
  const [, rate] = /^(?:i?gst) ?@? ?(.*)$/i.exec(gst) ?? []
  return /^(none|exempt(ed)?|nil|-)$/i.test(gst) ? '' : (rate ?? gst)
}

/** Cells about the goods and their label, in our words. */
export function goodsCells({ sold_as: soldAs, diet, hsn_code: hsn, gst }: Cells) {
  return {
    sold_as: SOLD_AS.get(bareName(soldAs)) ?? soldAs,
    diet: DIETS.get(bareName(diet)) ?? diet,
    hsn_code: withZero(hsn),
    gst: rateOf(gst),
  }
}

/** How a product is sold, as a list says it: `12500 g` of loose goods. */
export function cellsOf(product: Product['details']) {
  const { soldAs, unit, pricePaise, mrpPaise } = product
  return {
    sold_as: soldAs,
    unit,
    ...(amountTexts(product) ?? { smallest: '', step: '', presets: '' }),
    price: withPaise(pricePaise),
    mrp: mrpPaise === null ? '' : withPaise(mrpPaise),
    stock: stockCell(product),
    ...labelTexts(product),
  }
}

export function stockCell({ stock, soldAs, measure }: Product['details']) {
  if (!isLoose({ soldAs })) return String(stock)
  const { baseUnit } = STANDARDS[measure]
  return `${stock} ${baseUnit}${measure === 'pieces' && stock !== 1 ? 's' : ''}`
}
