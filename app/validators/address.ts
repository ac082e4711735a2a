import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { AddressValues } from '#models/address'
import { readPinCode } from '#numbers/pin_code'
import { readAs } from '#validators/read_as'
import { line } from '#validators/text'
import { mobile } from '#validators/user'

/** `address` is the house and street. Together they fit into the address of an order. */
export const addressFields = {
  label: line(40).nullable().optional(),
  address: line(150),
  landmark: line(80).nullable().optional(),
  city: line(50).nullable().optional(),
  pin_code: vine.string().use(readAs({ read: readPinCode })),
  mobile: mobile(),
}

export const addressValidator = vine.create(addressFields)

export function addressValues(fields: Infer<typeof addressValidator>): AddressValues {
  const { label = null, address, landmark = null, city = null, pin_code: pinCode, mobile } = fields
  return { label, line: address, landmark, city, pinCode, mobile }
}
