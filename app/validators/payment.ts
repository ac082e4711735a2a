import vine from '@vinejs/vine'
import type Order from '#models/order'
import { Presenter } from '#locale/presenter'
import { readReference, withUtr } from '#numbers/reference'
import { count } from '#validators/count'
import { readAs } from '#validators/read_as'
import { rupees } from '#validators/rupees'
import { line } from '#validators/text'

const wasAskedFor = vine.createRule((value, _, field) => {
  const { payable } = field.meta.order as Order
  const amount = value as number
  if (amount >= payable.least && amount <= payable.most) return
  const [least, most] = [payable.least, payable.most].map(new Presenter('en').money)
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
    .use(readAs({ read: readReference }))
    .minLength(6)
    .maxLength(40),
})

export const receivedPaymentValidator = forOrder.create({ amount: amountPaid() })

export const refundValidator = vine.create({
  /** The amount shown on the page, so that a refund never covers more than the owner saw. */
  amount_paise: count().positive(),
  reference: line(100).transform(withUtr),
})
