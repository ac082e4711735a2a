import type { I18n } from '@adonisjs/i18n'
import { UNION_TERRITORIES } from '#bills/states'
import { sumOf } from '#bills/tax'
import { wordsOf } from '#locale/words'
import { isLoose } from '#measures/goods'
import type Bill from '#models/bill'
import type BillLine from '#models/bill_line'

type Labelled = [label: string, text: string]

/** What a bill says, in plain text: the same for the page and the PDF. */
export interface BillPaper {
  title: string
  notes: string[]
  about: Labelled[]
  shop: Labelled[]
  customer: Labelled[]
  lines: { name: string; details: string[]; quantity: string; price: string; amount: string }[]
  sums: Labelled[]
  total: Labelled
  /** Tax by HSN code and rate; null when the bill shows no tax. */
  taxes: { head: string[]; rows: string[][]; sum: string[] } | null
}

/** Needs the bill's lines. */
export function billPaper(bill: Bill, i18n: I18n): BillPaper {
  const words = wordsOf(i18n)
  const say = (key: string) => i18n.t(`bills.${key}`)
  const { money, dateTime } = words
  const labelled = (key: string, text: string | null): Labelled[] =>
    text ? [[say(key), text]] : []
  const state = bill.placeOfSupply && stateText(bill.placeOfSupply, i18n)
  const isTaxed = bill.taxScheme === 'regular'
  return {
    title: say(`title.${bill.kind}`),
    notes: notesOf(bill, i18n),
    about: [
      [say('number'), bill.number],
      [say('date'), dateTime(bill.createdAt.toJSDate())],
      [say('order'), String(bill.orderNumber)],
      ...(isTaxed ? labelled('place_of_supply', state) : []),
    ],
    shop: [
      [say('shop'), bill.shopName],
      ...labelled('legal_name', bill.shopLegalName),
      [say('address'), bill.shopAddress],
      ...labelled('gstin', bill.gstin),
      ...labelled('fssai', bill.fssaiNumber),
    ],
    customer: [[say('customer'), bill.customerName], ...labelled('address', bill.customerAddress)],
    lines: bill.lines.map((line) => lineOf(line, isTaxed, i18n)),
    sums: [
      [say('items_total'), money(bill.itemsPaise)],
      [say('delivery'), money(bill.deliveryFeePaise)],
    ],
    total: [say('total'), money(bill.totalPaise)],
    taxes: isTaxed ? taxesOf(bill, i18n) : null,
  }
}

export function stateText(code: string, i18n: I18n) {
  return i18n.t('bills.state', { name: i18n.t(`bills.states.${code}`), code })
}

function notesOf(bill: Bill, i18n: I18n) {
  const { dateTime } = wordsOf(i18n)
  const { cancelledAt, taxScheme, lines, deliveryFeePaise } = bill
  const isRegular = taxScheme === 'regular'
  const date = cancelledAt && dateTime(cancelledAt.toJSDate())
  return [
    date && i18n.t('bills.cancelled_note', { date }),
    taxScheme === 'composition' && i18n.t('bills.composition_note'),
    isRegular && lines.some(isWithoutRate) && i18n.t('bills.missing_note'),
    isRegular && deliveryFeePaise > 0 && i18n.t('bills.fee_note'),
  ].filter((note) => typeof note === 'string')
}

const isWithoutRate = ({ gstBasisPoints }: BillLine) => gstBasisPoints === null

function lineOf(line: BillLine, isTaxed: boolean, i18n: I18n) {
  const { money, number, nameOf, portion, amount, unitText } = wordsOf(i18n)
  const { hsnCode, gstBasisPoints, measure, quantity, orderedQuantity, unit } = line
  const price = money(line.pricePaise)
  const per = measure === 'pieces' ? 'dozen' : measure
  const rate =
    gstBasisPoints === null
      ? i18n.t('bills.rate_missing')
      : gstBasisPoints === 0
        ? i18n.t('bills.exempt')
        : i18n.t('bills.rate', { percent: number(gstBasisPoints / 100) })
  return {
    name: nameOf(line),
    details: [
      hsnCode && i18n.t('bills.hsn', { code: hsnCode }),
      isTaxed && rate,
      quantity !== orderedQuantity &&
        i18n.t('bills.ordered', { amount: amount(orderedQuantity, line) }),
    ].filter((detail) => typeof detail === 'string'),
    quantity: isLoose(line)
      ? portion(quantity, line)
      : i18n.t('bills.packed_quantity', { portion: portion(quantity, line), unit: unitText(unit) }),
    price: isLoose(line)
      ? i18n.t('bills.price_per', { price, per: i18n.t(`measures.per.${per}`) })
      : price,
    amount: money(line.amountPaise),
  }
}

function taxesOf(bill: Bill, i18n: I18n) {
  const { money, number } = wordsOf(i18n)
  const { isInterState, placeOfSupply, lines } = bill
  const state = placeOfSupply && UNION_TERRITORIES.includes(placeOfSupply) ? 'utgst' : 'sgst'
  const kinds = isInterState ? ['igst'] : ['cgst', state]
  const amounts = (of: ReturnType<typeof sumOf>) => [
    money(of.taxablePaise),
    ...(isInterState ? [of.igstPaise] : [of.cgstPaise, of.sgstPaise]).map(money),
    money(of.valuePaise),
  ]
  const missing = i18n.t('bills.not_stated')
  const byCodeAndRate = Map.groupBy(lines, ({ hsnCode, gstBasisPoints }) => {
    return `${hsnCode} ${gstBasisPoints}`
  })
  return {
    head: ['hsn_head', 'rate_head', 'taxable', ...kinds, 'total'].map((key) =>
      i18n.t(`bills.${key}`)
    ),
    rows: [...byCodeAndRate.values()].map((some) => {
      const [{ hsnCode, gstBasisPoints }] = some
      const percent = gstBasisPoints !== null && number(gstBasisPoints / 100)
      const rate = percent ? i18n.t('bills.percent', { percent }) : missing
      return [hsnCode ?? missing, rate, ...amounts(sumOf(some))]
    }),
    sum: [i18n.t('bills.total'), '', ...amounts(bill.sums)],
  }
}
