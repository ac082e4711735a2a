import vine from '@vinejs/vine'
import { toRupees } from '#locale/rupees'
import { MEASURES, SOLD_AS, type Goods } from '#measures/goods'
import { baseUnitOf, toPriceUnits } from '#measures/price_units'
import { rupeesSchema } from '#transformers/money'

const COMPARED = { weight: 'kg', volume: 'l', length: 'm', pieces: 'piece' } as const

/** A whole number of packs, or of base units of loose goods. */
const whole = () => vine.number({ strict: true }).withoutDecimals()

const said = (description: string) => ({ description })

/** How goods are measured and sold. */
export const goodsSchema = () => ({
  unit: vine.string().meta(said('What the price is for, in words: one pack, or kg, l, m or dozen')),
  sold_as: vine.enum(SOLD_AS),
  measure: vine.enum(MEASURES),
  net_quantity: whole().meta(said('What the price is for, in g, ml, cm or pieces')),
  base_unit: vine
    .enum(['pack', 'g', 'ml', 'cm', 'piece'])
    .meta(said('What the `base_` fields count')),
})

export function transformGoods(goods: Goods & { unit: string }) {
  const { unit, soldAs, measure, netQuantity } = goods
  return {
    unit,
    sold_as: soldAs,
    measure,
    net_quantity: netQuantity,
    base_unit: baseUnitOf(goods),
  }
}

const UNITS = 'In price units: packs, or kg, l, m or dozen of loose goods'

export const quantitySchema = (what?: string) =>
  vine.number({ strict: true }).meta(said(what ? `${what}. ${UNITS}` : UNITS))

export const baseQuantitySchema = () => whole().meta(said('The same in `base_unit`'))

/** What a product or a search hit says about its price, its stock, and the amounts that it is sold in. */
export const salesSchema = () => ({
  price: rupeesSchema('Rupees for one price unit, exact to the paisa'),
  comparison_price: rupeesSchema('Rupees per `comparison_unit`, rounded half up to the paisa'),
  comparison_unit: vine.enum(Object.values(COMPARED)),
  mrp: rupeesSchema('Of packed goods: the price is never above it').nullable(),
  stock: quantitySchema(),
  base_stock: baseQuantitySchema(),
  smallest: whole()
    .nullable()
    .meta(said('Of loose goods: the smallest amount sold, in base units')),
  step: whole().nullable().meta(said('Of loose goods: what the buttons add, in base units')),
  presets: vine.array(whole()).nullable().meta(said('Of loose goods: amounts to choose from')),
})

export interface Sales extends Goods {
  pricePaise: number
  unitPricePaise: number
  mrpPaise: number | null
  stock: number
  smallest: number | null
  step: number | null
  presets: number[] | null
}

export function transformSales(product: Sales) {
  const { pricePaise, unitPricePaise, mrpPaise, stock, smallest, step, presets } = product
  return {
    price: toRupees(pricePaise),
    comparison_price: toRupees(unitPricePaise),
    comparison_unit: COMPARED[product.measure],
    mrp: mrpPaise === null ? null : toRupees(mrpPaise),
    stock: toPriceUnits(stock, product),
    base_stock: stock,
    ...{ smallest, step, presets },
  }
}
