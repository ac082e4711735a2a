import { setImmediate } from 'node:timers/promises'
import type { I18n } from '@adonisjs/i18n'
import { billPaper, type BillPaper } from '#documents/bill_paper'
import { PdfSheet, type Column } from '#documents/pdf_sheet'
import type Bill from '#models/bill'

const right = 'right' as const

/** Height of a title, the heads of a table and its first row. */
const TITLE_AND_ROW = 80

const WHOLE: Column[] = [{ width: 1 }]
const LABELLED: Column[] = [{ width: 0.2 }, { width: 0.8 }]
const SUMS: Column[] = [
  { width: 0.78, align: right },
  { width: 0.22, align: right },
]
const GOODS: Column[] = [
  { width: 0.42 },
  { width: 0.2, align: right },
  { width: 0.2, align: right },
  { width: 0.18, align: right },
]

/**
 * The bill as a PDF. It is rendered row by row with pauses, so that other requests go on meanwhile. Needs the bill's
 * lines.
 */
export async function billPdf(bill: Bill, i18n: I18n) {
  const paper = billPaper(bill, i18n)
  const sheet = await PdfSheet.open({
    title: `${paper.title} ${bill.number}`,
    author: bill.shopName,
    lang: i18n.locale,
    date: bill.createdAt.toJSDate(),
  })
  for (const write of rowsOf(paper, sheet, i18n)) {
    write()
    await setImmediate()
  }
  return sheet.close((n, count) => i18n.t('bills.page', { n, count }))
}

function* rowsOf({ shop, customer, about, ...paper }: BillPaper, sheet: PdfSheet, i18n: I18n) {
  yield () => sheet.row([paper.title], WHOLE, { bold: true, size: 18 })
  for (const some of [about, shop, customer]) {
    for (const labelled of some) yield () => sheet.row(labelled, LABELLED)
    yield () => sheet.space()
  }
  for (const note of paper.notes) yield () => sheet.row([note], WHOLE, { bold: true })
  const heads = ['goods', 'quantity', 'price', 'amount'].map((key) => i18n.t(`bills.${key}`))
  yield () => sheet.row(heads, GOODS, { bold: true })
  for (const { name, details, quantity, price, amount } of paper.lines) {
    const what = [name, ...details].join('\n')
    yield () => sheet.row([what, quantity, price, amount], GOODS, { rule: true })
  }
  for (const [index, sum] of paper.sums.entries()) {
    yield () => sheet.row(sum, SUMS, { rule: index === 0 })
  }
  yield () => sheet.row(paper.total, SUMS, { bold: true, size: 12, rule: true })
  if (paper.taxes) yield* taxesOf(paper.taxes, sheet, i18n)
}

function* taxesOf(
  { head, rows, sum }: NonNullable<BillPaper['taxes']>,
  sheet: PdfSheet,
  i18n: I18n
) {
  const columns = head.map((_, index): Column => {
    return { width: 1 / head.length, align: index === 0 ? 'left' : 'right' }
  })
  yield () => sheet.space()
  yield () => sheet.keep(TITLE_AND_ROW)
  yield () => sheet.row([i18n.t('bills.tax_title')], WHOLE, { bold: true, size: 12 })
  yield () => sheet.row(head, columns, { bold: true })
  for (const row of rows) yield () => sheet.row(row, columns, { rule: true })
  yield () => sheet.row(sum, columns, { bold: true, rule: true })
}
