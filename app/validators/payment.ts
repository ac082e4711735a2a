import vine from '@vinejs/vine'

export const paymentValidator = vine.create({
  /** What the UPI app calls the payment: the twelve digits of the UTR, or letters and digits. */
  reference: vine
    .string()
    .trim()
    .minLength(6)
    .maxLength(40)
    .regex(/^[A-Za-z0-9/-]+$/),
})
