import vine from '@vinejs/vine'
import { pinCode } from '#validators/pin_code'
import { line } from '#validators/text'

export const shopValidator = vine.create({
  name: line(120),
  city: line(80),
  pin_code: pinCode().nullable().optional(),
})

/** Filters of a shop list; invalid values are ignored. */
export const shopListValidator = vine.create({
  city: line(80).optional(),
  after: line(500).optional(),
  closed: vine.boolean().optional(),
})
