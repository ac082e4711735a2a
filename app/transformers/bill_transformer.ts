import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { BILL_KINDS } from '#bills/tax'
import { toRupees } from '#locale/rupees'
import { toPriceUnits } from '#measures/price_units'
import type Bill from '#models/bill'
import type BillLine from '#models/bill_line'
import {
  baseQuantitySchema,
  goodsSchema,
  quantitySchema,
  transformGoods,
} from '#transformers/goods'
import { rateSchema, toPercent } from '#transformers/label'
import { rupeesSchema } from '#transformers/money'

const taxes = () => ({
  taxable_value: rupeesSchema('With its share of the delivery fee, without tax'),
  cgst: rupeesSchema(),
  sgst: rupeesSchema('The same as `cgst` to the paisa; of a union territory the UTGST'),
  igst: rupeesSchema('Instead of both, to another state'),
})

const lineSchema = vine.object({
  name: vine.string(),
  ...goodsSchema(),
  hsn_code: vine.string().nullable(),
  gst_rate: rateSchema(),
  unit_price: rupeesSchema('Rupees for one price unit, tax included'),
  quantity: quantitySchema('What was packed'),
  base_quantity: baseQuantitySchema(),
  line_total: rupeesSchema('As in the order'),
  ...taxes(),
})

export const billSchema = vine.create({
  number: vine.string().meta({ description: 'Of the series of the shop and the financial year' }),
  kind: vine.enum(BILL_KINDS),
  tax_scheme: vine.enum(['unregistered', 'composition', 'regular'] as const).nullable(),
  order_id: vine.string().uuid(),
  order_number: vine.number({ strict: true }).withoutDecimals(),
  created_at: vine.string().meta({ format: 'date-time' }),
  cancelled_at: vine.string().meta({ format: 'date-time' }).nullable(),
  shop_name: vine.string(),
  shop_legal_name: vine.string().nullable(),
  shop_address: vine.string(),
  gstin: vine.string().nullable(),
  fssai_number: vine.string().nullable(),
  customer_name: vine.string(),
  customer_address: vine.string().nullable(),
  place_of_supply: vine.string().nullable().meta({ description: 'The code of a state, as 23' }),
  lines: vine.array(lineSchema),
  items_amount: rupeesSchema(),
  delivery_fee: rupeesSchema(),
  total_amount: rupeesSchema('The same as of the order'),
  ...taxes(),
})

/** Needs the lines. */
export function transformBill(bill: Bill): Infer<typeof billSchema> {
  return {
    number: bill.number,
    kind: bill.kind,
    tax_scheme: bill.taxScheme,
    order_id: bill.orderId,
    order_number: bill.orderNumber,
    created_at: bill.createdAt.toUTC().toISO()!,
    cancelled_at: bill.cancelledAt?.toUTC().toISO() ?? null,
    shop_name: bill.shopName,
    shop_legal_name: bill.shopLegalName,
    shop_address: bill.shopAddress,
    gstin: bill.gstin,
    fssai_number: bill.fssaiNumber,
    customer_name: bill.customerName,
    customer_address: bill.customerAddress,
    place_of_supply: bill.placeOfSupply,
    lines: bill.lines.map(lineOf),
    items_amount: toRupees(bill.itemsPaise),
    delivery_fee: toRupees(bill.deliveryFeePaise),
    total_amount: toRupees(bill.totalPaise),
    ...taxesOf(bill.sums),
  }
}

function lineOf(line: BillLine) {
  return {
    name: line.name,
    ...transformGoods(line),
    hsn_code: line.hsnCode,
    gst_rate: toPercent(line.gstBasisPoints),
    unit_price: toRupees(line.pricePaise),
    quantity: toPriceUnits(line.quantity, line),
    base_quantity: line.quantity,
    line_total: toRupees(line.amountPaise),
    ...taxesOf(line),
  }
}

function taxesOf(of: Pick<BillLine, 'taxablePaise' | 'cgstPaise' | 'sgstPaise' | 'igstPaise'>) {
  return {
    taxable_value: toRupees(of.taxablePaise),
    cgst: toRupees(of.cgstPaise),
    sgst: toRupees(of.sgstPaise),
    igst: toRupees(of.igstPaise),
  }
}
