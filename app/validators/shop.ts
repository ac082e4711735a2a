import vine from '@vinejs/vine'
import { line } from '#validators/text'

export const shopValidator = vine.create({
  name: line(120),
  city: line(80),
  pin_code: vine
    .string()
    .regex(/^[1-9]\d{2}\s?\d{3}$/)
    .transform((pinCode: string | null) => pinCode?.replace(/\s/g, '') ?? null)
    .nullable()
    .optional(),
})

/** Filters of a shop list; invalid values are ignored. */
export const shopListValidator = vine.create({
  city: line(80).optional(),
  after: line(500).optional(),
  closed: vine.boolean().optional(),
})
