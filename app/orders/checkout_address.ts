import type { Infer } from '@vinejs/vine/types'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import Address, { type AddressValues } from '#models/address'
import { partsOfAddress } from '#models/address_text'
import type User from '#models/user'
import type { CheckoutRequest } from '#orders/checkout'
import type { checkoutValidator } from '#validators/checkout'

type Submission = Infer<typeof checkoutValidator>

type WhereFields = 'address_id' | 'address' | 'landmark' | 'city' | 'pin_code' | 'mobile'

const TYPED = ['label', 'address', 'landmark', 'city', 'pin_code', 'save_address']

/** The fields that count: a form without JavaScript also sends those of another address, and of a delivery. */
export function countingFields(body: Record<string, unknown>): Record<string, unknown> {
  const isDelivery = body.fulfilment !== 'pickup'
  const isSaved = isDelivery && Boolean(body.address_id) && body.address_id !== 'new'
  const unused = [
    ...(isSaved || !isDelivery ? TYPED : []),
    ...(isSaved ? ['mobile'] : ['address_id']),
  ]
  return Object.fromEntries(Object.entries(body).filter(([field]) => !unused.includes(field)))
}

/** @throws CheckoutRefused when the saved address was removed */
export async function whereTo(
  user: User,
  { address_id: id, address, landmark, city, ...rest }: Pick<Submission, WhereFields>
): Promise<Pick<CheckoutRequest, 'address' | 'pinCode' | 'mobile'>> {
  if (id) {
    const saved = await Address.of(user).where('id', id).first()
    if (!saved) throw new CheckoutRefused('address_id', 'address_gone')
    return { address: saved.text, pinCode: saved.pinCode, mobile: saved.mobile }
  }
  const text = [address, landmark, city].filter(Boolean).join(', ')
  return { address: text || null, pinCode: rest.pin_code ?? null, mobile: rest.mobile! }
}

/** What was typed, to be saved. @throws CheckoutRefused when there is no PIN code */
export function typedAddress(submission: Submission): AddressValues {
  const { label = null, landmark = null, city = null, mobile } = submission
  const { line, pinCode: said } = partsOfAddress(submission.address!)
  const pinCode = submission.pin_code ?? said
  if (!pinCode) throw new CheckoutRefused('pin_code', 'no_pin')
  return { label, line: line || submission.address!, landmark, city, pinCode, mobile: mobile! }
}
