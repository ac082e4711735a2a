import vine from '@vinejs/vine'
import { path } from '#validators/path'
import { pinCode } from '#validators/pin_code'

const degrees = (most: number) => {
  return vine
    .number()
    .parse((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value))
    .range([-most, most])
    .optional()
}

/** A PIN code, or the position that the browser told. */
export const placeValidator = vine.create({
  pin_code: pinCode().optional().requiredIfMissing('latitude'),
  latitude: degrees(90),
  longitude: degrees(180),
  back: path().optional(),
})

export const placeBackValidator = vine.create({ back: path().optional() })
