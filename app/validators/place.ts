import vine from '@vinejs/vine'
import { readDegrees } from '#numbers/degrees'
import { path } from '#validators/path'
import { pinCode } from '#validators/pin_code'
import { readAs } from '#validators/read_as'

const degrees = (most: number) => {
  return vine
    .string()
    .use(readAs({ read: (text) => readDegrees(text, most) }))
    .transform(Number)
    .optional()
}

/** A PIN code, or the position that the browser told. */
export const placeValidator = vine.create({
  pin_code: pinCode().optional().requiredIfAnyMissing(['latitude', 'longitude']),
  latitude: degrees(90),
  longitude: degrees(180),
  back: path().optional(),
})

export const placeBackValidator = vine.create({ back: path().optional() })
