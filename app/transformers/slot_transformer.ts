import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { OfferedSlot } from '#hours/slots'

const moment = () => vine.string().meta({ format: 'date-time' })

export const slotSchema = vine.create({
  key: vine.string().meta({ description: 'What an order names it by' }),
  from: moment(),
  to: moment(),
  full: vine.boolean({ strict: true }),
})

export function transformSlot({ key, from, to, isFull }: OfferedSlot): Infer<typeof slotSchema> {
  return { key, from: from.toISOString(), to: to.toISOString(), full: isFull }
}
