import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { REGISTERED, TAX_SCHEMES } from '#bills/tax_scheme'
import { AREA_KINDS } from '#delivery/delivery_area'
import { readPinCodes, readPinPrefix } from '#numbers/pin_code'
import { count } from '#validators/count'
import { readFssai } from '#numbers/fssai'
import { readGstin } from '#numbers/gstin'
import { readUpiId } from '#numbers/upi_id'
import { readAs } from '#validators/read_as'
import { amount, price } from '#validators/rupees'
import { line } from '#validators/text'
import { mobile } from '#validators/user'

const MOST_PINS = 200
const MOST_KILOMETRES = 100

const isPinList = vine.createRule((value, _, field) => {
  const codes = readPinCodes(value as string)
  if (!codes) return field.report(messages.regex, 'regex', field)
  if (codes.length > MOST_PINS) return field.report(messages.regex, 'too_many', field)
  field.mutate(codes, field)
})

const read = (reading: (text: string) => string | null) =>
  vine.string().use(readAs({ read: reading }))

export const shopSettingsValidator = vine.create({
  minimum_order: amount(),
  delivery_fee: amount(),
  free_delivery_from: price().nullable().optional(),
  delivery_area: vine.enum(AREA_KINDS).nullable().optional(),
  delivery_pins: vine
    .string()
    .use(isPinList())
    .optional()
    .requiredWhen('delivery_area', '=', 'pins'),
  delivery_prefix: read(readPinPrefix).optional().requiredWhen('delivery_area', '=', 'prefix'),
  delivery_kilometres: count()
    .range([1, MOST_KILOMETRES])
    .optional()
    .requiredWhen('delivery_area', '=', 'kilometres'),
  accept_within: count().range([15, 1440]),
  upi_id: read(readUpiId).nullable().optional(),
  packing_tolerance: count().range([0, 50]),
  fssai_number: read(readFssai).nullable().optional(),
  tax_scheme: vine.enum(TAX_SCHEMES).nullable().optional(),
  gstin: read(readGstin).optional().requiredWhen('tax_scheme', 'in', REGISTERED),
  legal_name: line(120).nullable().optional(),
  legal_address: line(300).nullable().optional(),
  phone: mobile().nullable().optional(),
  address: line(300).nullable().optional(),
})

/** The field that the page opens at. */
export const settingsFieldValidator = vine.create({
  field: vine
    .enum(['delivery_area', 'fssai_number', 'tax_scheme', 'legal_address', 'phone'])
    .optional(),
})
