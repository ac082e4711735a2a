import vine from '@vinejs/vine'
import { line } from '#validators/text'

export const paymentValidator = vine.create({
  /** What the UPI app calls the payment: the twelve digits of the UTR, or letters and digits. */
  reference: vine
    .string()
    .trim()
    .minLength(6)
    .maxLength(40)
    .regex(/^[A-Za-z0-9/-]+$/),
})

export const refundValidator = vine.create({
  /** What the page said is due: what became due meanwhile is not given back. */
  amount_paise: vine.number().withoutDecimals().positive(),
  reference: line(100),
})
