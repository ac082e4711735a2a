import vine from '@vinejs/vine'
import { amount, price } from '#validators/rupees'
import { line } from '#validators/text'

export const khataInvitationValidator = vine.create({
  username: line(100),
  limit: amount(),
})

export const khataOfferValidator = vine.create({ code_limit: amount() })

export const khataCodeValidator = vine.create({ code: line(40) })

export const khataLimitValidator = vine.create({ limit: amount() })

export const settlementValidator = vine.create({
  amount: price(),
  method: vine.enum(['cash', 'upi']),
  note: line(200).nullable().optional(),
})

export const reversalValidator = vine.create({ reason: line(200) })
