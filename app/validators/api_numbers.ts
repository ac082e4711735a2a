import vine from '@vinejs/vine'
import { toPaise, toRupees } from '#locale/rupees'
import { LARGEST_PRICE } from '#validators/rupees'

/** For the OpenAPI description. VineJS's own `meta` lets null pass beside `optional`. */
export const said = vine.createRule<string>(() => {}, {
  toJSONSchema: (schema, text) => (schema.description = text),
})

const wholePaise = vine.createRule(
  (value, _, field) => {
    const paise = (value as number) * 100
    if (Math.abs(paise - Math.round(paise)) < 1e-6) return
    field.report('The {{ field }} field can have at most two decimal places', 'decimal', field)
  },
  { toJSONSchema: (schema) => (schema.multipleOf = 0.01) }
)

const money = (what: string) =>
  vine
    .number({ strict: true })
    .range([0.01, toRupees(LARGEST_PRICE)])
    .use(wholePaise())
    .use(said(what))

/** VineJS transforms null too. */
export const unlessNull = (read: (value: number) => number) => (value: number | null) =>
  value === null ? null : read(value)

/** Decimal rupees to whole paise. */
export const rupees = (what = 'Rupees') => money(what).transform(toPaise)

export const rupeesOrNull = (what: string) => money(what).transform(unlessNull(toPaise)).nullable()

export const whole = (from: number, to: number) =>
  vine.number({ strict: true }).withoutDecimals().range([from, to])

/** In price units: kg, l, m, dozen or packs. Only the goods say which decimals are possible. */
export const decimal = (from: number, to: number) => vine.number({ strict: true }).range([from, to])
