import vine from '@vinejs/vine'
import { REGISTERED, TAX_SCHEMES } from '#bills/tax_scheme'
import { count } from '#validators/count'
import { readFssai } from '#numbers/fssai'
import { readGstin } from '#numbers/gstin'
import { readUpiId } from '#numbers/upi_id'
import { readAs } from '#validators/read_as'
import { amount } from '#validators/rupees'
import { line } from '#validators/text'
import { mobile } from '#validators/user'

const read = (reading: (text: string) => string | null) =>
  vine.string().use(readAs({ read: reading }))

export const shopSettingsValidator = vine.create({
  minimum_order: amount(),
  delivery_fee: amount(),
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
  field: vine.enum(['fssai_number', 'tax_scheme', 'legal_address', 'phone']).optional(),
})
