import { setImmediate } from 'node:timers/promises'
import type { I18n } from '@adonisjs/i18n'
import { khataPaper } from '#documents/khata_paper'
import { PdfSheet, type Column } from '#documents/pdf_sheet'
import type Khata from '#models/khata'
import type { KhataPeriod } from '#models/khata_period'

const right = 'right' as const
const WHOLE: Column[] = [{ width: 1 }]
const LABELLED: Column[] = [{ width: 0.2 }, { width: 0.8 }]
const SUMS: Column[] = [
  { width: 0.7, align: right },
  { width: 0.3, align: right },
]
const LINES: Column[] = [
  { width: 0.2 },
  { width: 0.36 },
  { width: 0.13, align: right },
  { width: 0.13, align: right },
  { width: 0.18, align: right },
]

/** The statement of a khata as a PDF, row by row with pauses. Needs what `khataPaper` needs. */
export async function khataPdf(khata: Khata, period: KhataPeriod, i18n: I18n) {
  const { title, about, head, rows, closing } = khataPaper(khata, period, i18n)
  const sheet = await PdfSheet.open({
    title: `${title}: ${khata.title}`,
    author: khata.shop.name,
    lang: i18n.locale,
    date: new Date(),
  })
  sheet.row([title], WHOLE, { bold: true, size: 18 })
  for (const labelled of about) sheet.row(labelled, LABELLED)
  sheet.space()
  sheet.row(head, LINES, { bold: true })
  for (const row of rows) {
    sheet.row(row, LINES, { rule: true })
    await setImmediate()
  }
  sheet.row(closing, SUMS, { bold: true, size: 12, rule: true })
  return sheet.close((n, count) => i18n.t('bills.page', { n, count }))
}
