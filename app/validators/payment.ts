import vine from '@vinejs/vine'
import type Order from '#models/order'
import { Presenter } from '#locale/presenter'
import { toPaise } from '#locale/rupees'
import { rupees } from '#validators/rupees'
import { line } from '#validators/text'

const wasAskedFor = vine.createRule((value, _, field) => {
  const { totalPaise, orderedPaise } = field.meta.order as Order
  const amount = toPaise(value as string)
  if (amount >= totalPaise && amount <= orderedPaise) return
  const [least, most] = [totalPaise, orderedPaise].map(new Presenter('en').money)
  field.report('The {{ field }} must be between {{ least }} and {{ most }}', 'asked', field, {
    least,
    most,
  })
})

/** Amount paid for the order; needs its items. */
const amountPaid = () => rupees(wasAskedFor())

const forOrder = vine.withMetaData<{ order: Order }>()

export const paymentValidator = forOrder.create({
  amount: amountPaid(),
  /** UPI transaction reference: the twelve-digit UTR, or letters and digits. */
  reference: vine
    .string()
    .trim()
    .minLength(6)
    .maxLength(40)
    .regex(/^[A-Za-z0-9/-]+$/),
})

export const receivedPaymentValidator = forOrder.create({ amount: amountPaid() })

export const refundValidator = vine.create({
  /** The amount shown on the page, so that a refund never covers more than the owner saw. */
  amount_paise: vine.number().withoutDecimals().positive(),
  reference: line(100),
})
