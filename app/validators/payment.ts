import vine from '@vinejs/vine'
import type Order from '#models/order'
import { Presenter } from '#locale/presenter'
import { readReference, withUtr } from '#numbers/reference'
import { count } from '#validators/count'
import { readAs } from '#validators/read_as'
import { rupees } from '#validators/rupees'
import { line } from '#validators/text'

interface Asked {
  /** What to say of less than an order costs that its customer has changed. */
  amended: 'asked' | 'amended'
}

const wasAskedFor = vine.createRule<Asked>((value, { amended }, field) => {
  const { payable, revision } = field.meta.order as Order
  const amount = value as number
  if (amount >= payable.least && amount <= payable.most) return
  const [least, most] = [payable.least, payable.most].map(new Presenter('en').money)
  const rule = revision > 0 && amount < payable.least ? amended : 'asked'
  field.report('The {{ field }} must be between {{ least }} and {{ most }}', rule, field, {
    least,
    most,
  })
})

/** Amount paid for the order; needs its items. */
const amountPaid = (asked: Asked) => rupees(wasAskedFor(asked))

const forOrder = vine.withMetaData<{ order: Order }>()

export const paymentValidator = forOrder.create({
  amount: amountPaid({ amended: 'amended' }),
  /** UPI transaction reference: the twelve-digit UTR, or letters and digits. */
  reference: vine
    .string()
    .use(readAs({ read: readReference }))
    .minLength(6)
    .maxLength(40),
})

export const receivedPaymentValidator = forOrder.create({
  amount: amountPaid({ amended: 'asked' }),
})

export const refundValidator = vine.create({
  /** The amount shown on the page, so that a refund never covers more than the owner saw. */
  amount_paise: count().positive(),
  reference: line(100).transform(withUtr),
})
