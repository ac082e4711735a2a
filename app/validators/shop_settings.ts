import vine from '@vinejs/vine'
import { count } from '#validators/count'
import { amount } from '#validators/rupees'

export const shopSettingsValidator = vine.create({
  minimum_order: amount(),
  delivery_fee: amount(),
  accept_within: count().range([15, 1440]),
  upi_id: vine
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{2,255}@[A-Za-z][A-Za-z0-9]{1,63}$/)
    .nullable()
    .optional(),
})
