import type { I18n } from '@adonisjs/i18n'
import { wordsOf } from '#locale/words'
import type Khata from '#models/khata'
import type { KhataPeriod } from '#models/khata_period'
import type { StatementLine } from '#models/khata_statement'

type Labelled = [label: string, text: string]

/** What a statement says, in plain text. */
export interface KhataPaper {
  title: string
  about: Labelled[]
  head: string[]
  /** Date, entry, taken, paid, balance. */
  rows: string[][]
  closing: Labelled
}

/** Needs the khata's shop, and its customer unless it is kept by name. */
export function khataPaper(khata: Khata, period: KhataPeriod, i18n: I18n): KhataPaper {
  const { money, date, dateTime } = wordsOf(i18n)
  const say = (key: string) => i18n.t(`statement.${key}`)
  const balance = (paise: number) => {
    const key = paise < 0 ? 'khata.ahead_then' : 'khata.owed_then'
    return i18n.t(key, { amount: money(Math.abs(paise)) })
  }
  return {
    title: say('title'),
    about: [
      [say('shop'), khata.shop.name],
      [say('customer'), khata.title],
      [
        say('period'),
        i18n.t('statement.from_to', { from: date(period.from), to: date(period.to) }),
      ],
    ],
    head: ['date', 'entry', 'taken', 'paid', 'balance'].map(say),
    rows: [
      ['', say('opening'), '', '', balance(period.openingPaise)],
      ...period.lines.map((line) => [
        dateTime(line.createdAt),
        entryText(line, i18n),
        line.amountPaise > 0 ? money(line.amountPaise) : '',
        line.amountPaise < 0 ? money(-line.amountPaise) : '',
        balance(line.balancePaise),
      ]),
    ],
    closing: [say('closing'), balance(period.closingPaise)],
  }
}

function entryText(line: StatementLine, i18n: I18n) {
  const { kind, note, orderNumber } = line
  const n = orderNumber ?? ''
  const what = {
    order: () => i18n.t('orders.number', { n }),
    return: () => i18n.t('khata.returned', { n }),
    amendment: () => i18n.t('khata.amended', { n }),
    weight: () => i18n.t('khata.weighed', { n }),
    sale: () => i18n.t('counter.statement_line'),
    transfer: () => i18n.t('khata.transferred', { name: note ?? '' }),
    settlement: () => i18n.t(`khata.paid.${line.account}`),
    reversal: () =>
      i18n.t(`khata.undone.${line.reversedKind}`, {
        date: wordsOf(i18n).dateTime(line.reversedAt!),
      }),
  }[kind]()
  if (!note || kind === 'transfer') return what
  return `${what}\n${kind === 'reversal' ? i18n.t('khata.because', { reason: note }) : note}`
}
