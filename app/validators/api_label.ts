import vine from '@vinejs/vine'
import { COUNTRIES } from '#locale/countries'
import { DIETS } from '#models/product_label'
import { readDate } from '#numbers/date'
import { GST_RATES } from '#numbers/gst_rate'
import { said, unlessNull } from '#validators/api_numbers'
import { readAs } from '#validators/read_as'
import { line } from '#validators/text'

const LEAP_YEAR = '20([02468][048]|[13579][26])'
const DAY_OF_YEAR =
  '(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])'

/** The pattern admits only days that exist, so that the schema never calls valid what is refused. */
export const DAY = {
  read: (text: string) => (readDate(text) === text ? text : null),
  pattern: `^(20[0-9]{2}-(${DAY_OF_YEAR})|${LEAP_YEAR}-02-29)$`,
  description: 'A day, as 2027-03-31',
}

const HSN = /^([0-9]{4}|[0-9]{6}|[0-9]{8})$/

/** The label of a product, as JSON; null empties a field. */
export const labelFields = () => ({
  country: vine.enum(COUNTRIES).use(said('ISO 3166-1 alpha-2')).nullable().optional(),
  maker: line(120).nullable().optional(),
  maker_address: line(300).nullable().optional(),
  best_before: vine.string().use(readAs(DAY)).nullable().optional(),
  diet: vine.enum(DIETS).nullable().optional(),
  hsn_code: vine.string().regex(HSN).use(said('4, 6 or 8 digits')).nullable().optional(),
  gst_rate: vine
    .enum(GST_RATES.map((rate) => rate / 100))
    .use(said('Percent'))
    .transform(unlessNull((percent) => Math.round(percent * 100)))
    .nullable()
    .optional(),
})
