import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { readCountry } from '#locale/countries'
import { DIETS } from '#models/product_label'
import { readDate } from '#numbers/date'
import { readGstRate } from '#numbers/gst_rate'
import { readHsn } from '#numbers/hsn'
import { readAs } from '#validators/read_as'
import { line } from '#validators/text'

const LONGEST_MAKER = 120
const LONGEST_ADDRESS = 300

const read = (reading: (text: string) => string | null) =>
  vine
    .string()
    .use(readAs({ read: reading }))
    .nullable()
    .optional()

const isGstRate = vine.createRule((value, _, field) => {
  const rate = readGstRate(value as string)
  if (rate === null) field.report(messages.regex, 'regex', field)
  else field.mutate(rate, field)
})

/** The label of a product as text: from a form, or from a list. */
export const labelFields = () => ({
  country: read(readCountry),
  maker: line(LONGEST_MAKER).nullable().optional(),
  maker_address: line(LONGEST_ADDRESS).nullable().optional(),
  best_before: read(readDate),
  diet: vine.enum(DIETS).nullable().optional(),
  hsn_code: read(readHsn),
  gst: vine
    .string()
    .use(isGstRate())
    .nullable()
    .optional()
    // Not `Number` alone: nothing stated is not 0 %.
    .transform((rate) => (rate === null ? null : Number(rate))),
})
