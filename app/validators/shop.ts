import vine from '@vinejs/vine'
import { readPinCode } from '#numbers/pin_code'
import { readAs } from '#validators/read_as'
import { line } from '#validators/text'

export const shopValidator = vine.create({
  name: line(120),
  city: line(80),
  pin_code: vine
    .string()
    .use(readAs({ read: readPinCode }))
    .nullable()
    .optional(),
})

/** Filters of a shop list; invalid values are ignored. */
export const shopListValidator = vine.create({
  city: line(80).optional(),
  after: line(500).optional(),
  closed: vine.boolean().optional(),
})
