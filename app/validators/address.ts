import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { AddressValues } from '#models/address'
import { pinCode } from '#validators/pin_code'
import { line } from '#validators/text'
import { mobile } from '#validators/user'

/** `address` is the house and street. Together they fit into the address of an order. */
export const addressFields = {
  label: line(40).nullable().optional(),
  address: line(150),
  landmark: line(80).nullable().optional(),
  city: line(50).nullable().optional(),
  pin_code: pinCode(),
  mobile: mobile(),
}

export const addressValidator = vine.create(addressFields)

type Fields = Infer<typeof addressValidator>

export function addressValues({ address, pin_code: pin, ...rest }: Fields): AddressValues {
  const { label = null, landmark = null, city = null } = rest
  return { label, line: address, landmark, city, pinCode: pin, mobile: rest.mobile }
}
