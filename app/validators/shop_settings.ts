import vine from '@vinejs/vine'
import { count } from '#validators/count'
import { readUpiId } from '#numbers/upi_id'
import { readAs } from '#validators/read_as'
import { amount } from '#validators/rupees'

export const shopSettingsValidator = vine.create({
  minimum_order: amount(),
  delivery_fee: amount(),
  accept_within: count().range([15, 1440]),
  upi_id: vine
    .string()
    .use(readAs({ read: readUpiId }))
    .nullable()
    .optional(),
})
