import { CheckoutRefused } from '#exceptions/checkout_refused'
import type { Fulfilment } from '#models/order_state'
import { pinCodeIn } from '#numbers/pin_code'

interface Wished {
  fulfilment: Fulfilment
  address: string | null
  pinCode?: string | null
}

export interface Destination {
  pinCode: string | null
  address: string | null
}

const NOWHERE: Destination = { pinCode: null, address: null }

/**
 * Where an order is delivered to. The address that is kept always says the PIN code.
 * @throws CheckoutRefused when the address says another PIN code than the field
 */
export function destinationOf({ fulfilment, address, pinCode = null }: Wished): Destination {
  if (fulfilment === 'pickup') return NOWHERE
  const said = address === null ? null : pinCodeIn(address)
  if (pinCode && said && pinCode !== said) throw new CheckoutRefused('pin_code', 'pin_differs')
  const isComplete = !pinCode || said !== null
  return {
    pinCode: pinCode ?? said,
    address: isComplete ? address : [address, pinCode].filter(Boolean).join(' '),
  }
}
