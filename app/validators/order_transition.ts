import vine from '@vinejs/vine'
import { OWNER_VERBS } from '#models/order_state'
import { line } from '#validators/text'
import { uuid } from '#validators/uuid'

/** The customer is told why. */
const WITH_REASON = ['decline', 'cancel']

export const orderTransitionValidator = vine.create({
  verb: vine.enum(OWNER_VERBS),
  reason: line(200).optional().requiredWhen('verb', 'in', WITH_REASON),
})

export const leftOutItemValidator = vine.create({ item_id: uuid() })
