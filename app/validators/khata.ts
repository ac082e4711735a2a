import vine from '@vinejs/vine'
import { LOCALES } from '#locale/chosen_locale'
import { calendarDay } from '#validators/calendar_day'
import { amount, price } from '#validators/rupees'
import { line } from '#validators/text'
import { mobile } from '#validators/user'
import { uuid } from '#validators/uuid'

export const khataInvitationValidator = vine.create({
  username: line(100),
  limit: amount(),
})

export const namedKhataValidator = vine.create({
  customer_name: line(100),
  mobile: mobile(),
  named_limit: amount(),
})

/** A statement's first and last day. */
export const statementValidator = vine.create({
  from: calendarDay().nullable().optional(),
  to: calendarDay().nullable().optional(),
  lang: vine.enum(LOCALES).optional(),
})

export const khataConfirmationValidator = vine.create({ named_khata: uuid() })

export const khataOfferValidator = vine.create({ code_limit: amount() })

/** Shop that a customer comes from. */
export const khataShopValidator = vine.create({ shop: uuid().optional() })

export const khataCodeValidator = vine.create({ code: line(40) })

export const khataLimitValidator = vine.create({ limit: amount() })

export const settlementValidator = vine.create({
  amount: price(),
  method: vine.enum(['cash', 'upi']),
  note: line(200).nullable().optional(),
})

export const reversalValidator = vine.create({ reason: line(200) })
