import vine from '@vinejs/vine'
import { ORDER_STATES, OWNER_VERBS } from '#models/order_state'
import { count } from '#validators/count'
import { line } from '#validators/text'
import { uuid } from '#validators/uuid'

/** The customer is told why. */
const WITH_REASON = ['decline', 'cancel']

/** `from` is the state that the page showed, `revision` what it showed of the customer's changes. */
export const orderTransitionValidator = vine.create({
  from: vine.enum(ORDER_STATES).optional(),
  revision: count().optional(),
  verb: vine.enum(OWNER_VERBS),
  reason: line(200).optional().requiredWhen('verb', 'in', WITH_REASON),
})

export const stepBackValidator = vine.create({ from: vine.enum(ORDER_STATES) })

export const leftOutItemValidator = vine.create({ item_id: uuid() })
