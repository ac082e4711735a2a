import vine from '@vinejs/vine'
import { DUES_ORDERS } from '#models/dues'
import { calendarDay } from '#validators/calendar_day'
import { price } from '#validators/rupees'
import { line } from '#validators/text'
import { differentIds, uuid } from '#validators/uuid'

const MOST_ITEMS = 60

/** `quantity` is what was typed: its meaning depends on the goods. */
export const counterSaleValidator = vine.create({
  amount: price().nullable().optional(),
  items: vine
    .array(vine.object({ product_id: uuid(), quantity: line(40).nullable().optional() }))
    .maxLength(MOST_ITEMS)
    .use(differentIds('product_id'))
    .optional(),
  payment: vine.enum(['cash', 'upi', 'khata']),
  khata_id: uuid().optional().requiredWhen('payment', '=', 'khata'),
})

export const counterDayValidator = vine.create({
  day: calendarDay().optional(),
  after: line(500).optional(),
})

export const duesValidator = vine.create({
  order: vine.enum(DUES_ORDERS).optional(),
  after: line(500).optional(),
})
